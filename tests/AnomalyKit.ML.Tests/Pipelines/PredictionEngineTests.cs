using AnomalyKit.ML.Tests.Support;

namespace AnomalyKit.ML.Tests.Pipelines;

public sealed class PredictionEngineTests
{
    private const int Threads = 64;
    private const int Rows = 1000;

    private readonly MLContext _context = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_engines_at_once_answer_as_one(bool isLoaded)
    {
        var rows = Observations.Create(Rows);
        var data = _context.Data.LoadFromEnumerable(rows);
        ITransformer model = _context.AnomalyDetection.Trainers.IsolationForest(new() { TreeCount = 10, Calibration = ScoreCalibration.Rank() }).Fit(data);
        int[] expected = Bits.Of(model.Transform(data));
        float[] pValues = [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float>(model.Transform(data), "PValue")];
        if (isLoaded)
            model = Reloaded.Of(_context, model, data.Schema);
        using var start = new Barrier(Threads);
        var answers = new CalibratedAnswer[Threads][];

        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            using var engine = _context.Model.CreatePredictionEngine<Observation, CalibratedAnswer>(model, new PredictionEngineOptions { OwnsTransformer = false });
            answers[thread] = [.. rows.Select(engine.Predict)];
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        foreach (var answer in answers)
        {
            Assert.Equal(expected, Bits.Of(answer.Select(one => one.Score)));
            Assert.Equal(pValues, answer.Select(one => one.PValue));
        }
    }

    [Fact]
    public void A_row_asked_for_twice_has_one_score()
    {
        var rows = Observations.Create(50);
        var model = _context.AnomalyDetection.Trainers.LocalOutlierFactor().Fit(_context.Data.LoadFromEnumerable(rows));
        using var engine = _context.Model.CreatePredictionEngine<Observation, Answer>(model);
        var first = engine.Predict(rows[0]);
        _ = engine.Predict(new Observation { Features = [1e6f, -1e6f, 0, 1] });

        var again = engine.Predict(rows[0]);

        Assert.Equal(first.Score, again.Score);
        Assert.Equal(first.PredictedLabel, again.PredictedLabel);
    }
}
