using AnomalyKit.ML.Tests.Support;
using AnomalyKit.Tests.Processes;
using AnomalyKit.Tests.Tables;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests.Saving;

public sealed class SavedPipelineTests
{
    private readonly MLContext _context = new();

    public static TheoryData<string> Names => NamedTrainers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_pipeline_scores_as_before(string name)
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(150, anomalies: 3));
        var model = NamedTrainers.Estimator(_context, name).Fit(data);

        var loaded = Reloaded.Of(_context, model, data.Schema);

        var (before, after) = (model.Transform(data), loaded.Transform(data));
        Assert.Equal(Bits.Of(before), Bits.Of(after));
        Assert.Equal(before.GetColumn<bool>("PredictedLabel"), after.GetColumn<bool>("PredictedLabel"));
        Assert.Equal(before.Schema.Select(column => (column.Name, column.Type)), after.Schema.Where(column => !column.IsHidden).Select(column => (column.Name, column.Type)));
    }

    [Fact]
    public void Another_process_loads_it_without_being_told_of_us()
    {
        using var folder = new TempFolder();
        string zip = folder.File("model.zip");
        var data = _context.Data.LoadFromEnumerable(Observations.Create(100));
        var model = _context.Transforms.NormalizeMinMax("Features").Append(_context.AnomalyDetection.Trainers.IsolationForest()).Fit(data);
        _context.Model.Save(model, data.Schema, zip);

        using var process = new ChildProcess("vector", zip, "100");

        Assert.Equal(Lines(model.Transform(data)), process.WaitForSuccess().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Another_process_scores_columns_of_all_kinds()
    {
        using var folder = new TempFolder();
        string zip = folder.File("model.zip");
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(100));
        var model = _context.AnomalyDetection.Trainers.Detector(Mixed.Trainer, Mixed.Names).Fit(data);
        _context.Model.Save(model, data.Schema, zip);

        using var process = new ChildProcess("mixed", zip, "100");

        Assert.Equal(Lines(model.Transform(data)), process.WaitForSuccess().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_loaded_pipeline_can_be_saved_again()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(60));
        var model = _context.AnomalyDetection.Trainers.IsolationForest().Fit(data);

        var twice = Reloaded.Of(_context, Reloaded.Of(_context, model, data.Schema), data.Schema);

        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(twice.Transform(data)));
    }

    [Fact]
    public void Two_detectors_of_one_pipeline_keep_apart()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(80));
        var pipeline = _context.AnomalyDetection.Trainers.IsolationForest()
            .Append(_context.Transforms.CopyColumns("First", "Score"))
            .Append(_context.AnomalyDetection.Trainers.EllipticEnvelope());
        var model = pipeline.Fit(data);

        var loaded = Reloaded.Of(_context, model, data.Schema).Transform(data);

        var scored = model.Transform(data);
        Assert.Equal(Bits.Of(scored), Bits.Of(loaded));
        Assert.Equal(Bits.Of(scored.GetColumn<float>("First")), Bits.Of(loaded.GetColumn<float>("First")));
        Assert.NotEqual(Bits.Of(loaded), Bits.Of(loaded.GetColumn<float>("First")));
    }

    [Fact]
    public void Values_of_an_earlier_detector_stay()
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(80));
        var pipeline = _context.AnomalyDetection.Trainers.IsolationForest(new() { TreeCount = 5, Calibration = ScoreCalibration.Rank() })
            .Append(_context.AnomalyDetection.Trainers.EllipticEnvelope())
            .Append(_context.Transforms.CopyColumns("Copy", "PValue"));
        var model = pipeline.Fit(data);
        float[] expected = [.. model.Transform(data).GetColumn<float>("PValue")];

        Assert.Equal(expected, Reloaded.Of(_context, model, data.Schema).Transform(data).GetColumn<float>("Copy"));
        using var engine = _context.Model.CreatePredictionEngine<Observation, CalibratedAnswer>(model);
        Assert.Equal(expected[7], engine.Predict(Observations.Create(80)[7]).PValue);
        Assert.DoesNotContain(Reloaded.Of(_context, model, data.Schema).GetOutputSchema(data.Schema), column => column.Name.StartsWith("AnomalyKit.", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Lines(IDataView scored) =>
        scored.GetColumn<float>("Score").Zip(scored.GetColumn<bool>("PredictedLabel"), (score, label) => $"{BitConverter.SingleToInt32Bits(score)} {label}");
}
