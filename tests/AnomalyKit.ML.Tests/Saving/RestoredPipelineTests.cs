using AnomalyKit.ML.Tests.Support;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests.Saving;

public sealed class RestoredPipelineTests
{
    private readonly MLContext _context = new();

    [Fact]
    public void A_loaded_pipeline_becomes_what_it_was()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(3000));
        var model = _context.Transforms.NormalizeMinMax("Scaled", "Features")
            .Append(_context.AnomalyDetection.Trainers.IsolationForest(new() { TreeCount = 5, Calibration = ScoreCalibration.Rank() }, "Scaled"))
            .Append(_context.Transforms.CopyColumns("Forest", "Score"))
            .Append(_context.AnomalyDetection.Trainers.EllipticEnvelope())
            .Fit(data);

        var restored = _context.AnomalyDetection.RestoreDetectors(Reloaded.Of(_context, model, data.Schema));

        Assert.Equal(["isolation-forest", "elliptic-envelope"], restored.OfType<DetectorTransformer>().Select(step => step.Detector.Info.Kind));
        var (before, after) = (model.Transform(data), restored.Transform(data));
        Assert.Equal(Bits.Of(before), Bits.Of(after));
        Assert.Equal(Bits.Of(before.GetColumn<float>("Forest")), Bits.Of(after.GetColumn<float>("Forest")));
        Assert.Equal(before.GetColumn<float>("PValue"), after.GetColumn<float>("PValue"));
    }

    [Fact]
    public void It_can_be_saved_again_for_columns_of_its_own_types()
    {
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(200));
        var keys = _context.Transforms.Conversion.MapValueToKey("Merchant").Fit(data).Transform(data);
        var model = _context.AnomalyDetection.Trainers.Detector(Mixed.Trainer, Mixed.Names).Fit(keys);

        var restored = _context.AnomalyDetection.RestoreDetectors(Reloaded.Of(_context, model, keys.Schema));

        Assert.NotNull(Assert.IsType<DetectorTransformer>(Assert.Single(restored)).TableDetector);
        Assert.Equal(Bits.Of(model.Transform(keys)), Bits.Of(restored.Transform(keys)));
        Assert.Equal(Bits.Of(model.Transform(keys)), Bits.Of(Reloaded.Of(_context, restored, keys.Schema).Transform(keys)));
    }

    [Fact]
    public void Steps_that_were_appended_to_a_loaded_pipeline_stay()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(100));
        var model = _context.AnomalyDetection.Trainers.IsolationForest(new() { TreeCount = 5 }).Fit(data);
        ITransformer copy = _context.Transforms.CopyColumns("Copy", "Score").Fit(model.Transform(data));
        var loaded = Assert.IsType<TransformerChain<ITransformer>>(Reloaded.Of(_context, model, data.Schema)).Append(copy);

        var restored = _context.AnomalyDetection.RestoreDetectors(loaded);

        Assert.Equal([typeof(DetectorTransformer), copy.GetType()], restored.Select(step => step.GetType()));
        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(restored.Transform(data).GetColumn<float>("Copy")));
        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(Reloaded.Of(_context, restored, data.Schema).Transform(data).GetColumn<float>("Copy")));
    }

    [Fact]
    public void A_detector_that_has_learned_from_answers_is_loaded_saved_and_restored()
    {
        var rows = Observations.Create(300, anomalies: 3);
        var matrix = Observations.Matrix(rows);
        var session = FeedbackSession.Start(new IsolationForestTrainer { TreeCount = 20 }.Fit(matrix), matrix);
        session.Answer("0", FeedbackLabel.Normal);
        session.Answer("299", FeedbackLabel.Anomaly);
        var learned = session.ToDetector();
        using var file = new MemoryStream();
        learned.Save(file);
        file.Position = 0;
        var data = _context.Data.LoadFromEnumerable(rows);

        var model = _context.AnomalyDetection.LoadDetector(file, "Features");
        var reloaded = Reloaded.Of(_context, model, data.Schema);
        var restored = _context.AnomalyDetection.RestoreDetectors(reloaded);

        Assert.Equal("feedback", Assert.IsType<DetectorTransformer>(Assert.Single(restored)).Detector.Info.Kind);
        Assert.Equal(Bits.Of(learned.Score(matrix)), Bits.Of(model.Transform(data)));
        Assert.Equal(Bits.Of(learned.Score(matrix)), Bits.Of(reloaded.Transform(data)));
        Assert.Equal(Bits.Of(learned.Score(matrix)), Bits.Of(restored.Transform(data)));
    }

    [Fact]
    public void A_pipeline_without_detectors_is_refused()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(10));
        var model = _context.Transforms.NormalizeMinMax("Features").Fit(data);

        Assert.Throws<ArgumentException>(() => _context.AnomalyDetection.RestoreDetectors(Reloaded.Of(_context, model, data.Schema)));
        Assert.Throws<ArgumentException>(() => _context.AnomalyDetection.RestoreDetectors(model));
    }
}
