using AnomalyKit.ML.Tests.Support;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests.Pipelines;

public sealed class EstimatorTests
{
    private readonly MLContext _context = new();

    public static TheoryData<string> Names => NamedTrainers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pipeline_scores_as_the_detector_does(string name)
    {
        var rows = Observations.Create(400, anomalies: 8);
        var own = NamedTrainers.Own(name).Fit(Observations.Matrix(rows));
        var data = _context.Data.LoadFromEnumerable(rows);

        var scored = NamedTrainers.Estimator(_context, name).Fit(data).Transform(data);

        float[] expected = own.Score(Observations.Matrix(rows));
        Assert.Equal(Bits.Of(expected), Bits.Of(scored));
        Assert.Equal(expected.Select(score => score > own.Threshold), scored.GetColumn<bool>("PredictedLabel"));
        if (own.Calibrator is TailCalibrator tail)
            Assert.Equal(expected.Select(score => (float)tail.TailProbability(score)), scored.GetColumn<float>("PValue"));
        else
            Assert.Null(scored.Schema.GetColumnOrNull("PValue"));
    }

    [Fact]
    public void The_default_ensemble_is_the_recommended_one()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(120));

        var fitted = _context.AnomalyDetection.Trainers.Ensemble().Fit(data);

        Assert.Equal(RecommendedEnsemble.Create().Members.Count, Assert.IsType<EnsembleDetector>(fitted.Detector).Members.Count);
    }

    [Fact]
    public void Labels_are_as_frequent_as_the_threshold_says()
    {
        var rows = Observations.Create(1000);
        var data = _context.Data.LoadFromEnumerable(rows);
        var model = _context.AnomalyDetection.Trainers.IsolationForest(new() { Threshold = ThresholdRule.Contamination(0.05) }).Fit(data);

        Assert.Equal(50, model.Transform(data).GetColumn<bool>("PredictedLabel").Count(label => label), 5.0);
    }

    [Fact]
    public void A_row_has_its_score_whatever_comes_before_it()
    {
        var rows = Observations.Create(300);
        var model = _context.AnomalyDetection.Trainers.IsolationForest(new() { TreeCount = 10 }).Fit(_context.Data.LoadFromEnumerable(rows));
        int[] forward = Bits.Of(model.Transform(_context.Data.LoadFromEnumerable(rows)));
        int[] backward = Bits.Of(model.Transform(_context.Data.LoadFromEnumerable(rows.Reverse().Concat(rows))));

        Assert.Equal(forward.Reverse().Concat(forward), backward);
    }

    [Fact]
    public void Evaluation_finds_what_our_metrics_find()
    {
        var rows = Observations.Create(500, anomalies: 25);
        var data = _context.Data.LoadFromEnumerable(rows);
        var scored = _context.AnomalyDetection.Trainers.EllipticEnvelope().Fit(data).Transform(data);

        var metrics = _context.AnomalyDetection.Evaluate(scored);

        float[] scores = [.. scored.GetColumn<float>("Score")];
        Assert.Equal(DetectionMetrics.RocAuc([.. rows.Select(row => row.Label > 0)], scores), metrics.AreaUnderRocCurve, 1e-6);
        Assert.True(metrics.AreaUnderRocCurve > 0.8);
    }

    [Fact]
    public void Steps_behind_a_detector_see_what_it_adds()
    {
        var rows = Observations.Create(200);
        var data = _context.Data.LoadFromEnumerable(rows);
        var pipeline = _context.AnomalyDetection.Trainers.IsolationForest(new() { TreeCount = 5, Calibration = ScoreCalibration.Rank() })
            .Append(_context.Transforms.Concatenate("Both", "Score", "PValue"));

        var both = pipeline.Fit(data).Transform(data).GetColumn<float[]>("Both").ToArray();

        Assert.All(both, values => Assert.Equal(2, values.Length));
        var without = _context.AnomalyDetection.Trainers.IsolationForest().Append(_context.Transforms.Concatenate("Both", "Score", "PValue"));
        Assert.Contains("PValue", Assert.ThrowsAny<Exception>(() => without.Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_can_be_stopped()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(100));

        Assert.ThrowsAny<OperationCanceledException>(() => _context.AnomalyDetection.Trainers.IsolationForest().Fit(data, new FitOptions(), new CancellationToken(canceled: true)));
    }
}
