using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests.Outside;

/// <summary>A detector from outside, without the base class, is scored, saved, loaded, re-thresholded and put into an ensemble like any other.</summary>
public sealed class OutsideDetectorTests
{
    private static readonly FeatureMatrix Data = Rows(500);

    [Fact]
    public void It_is_scored_in_all_forms()
    {
        IAnomalyDetector gate = new GateTrainer().Fit(Data);
        Assert.Equal(0, gate.Score([499.0, 0.5]));
        Assert.Equal(100, gate.Score([599.0, 0.5]));
        Assert.True(gate.IsAnomaly([599f, 0.5f]));
        Assert.Throws<FeatureDataException>(() => gate.Score([double.NaN, 0]));
        Assert.All(gate.Score(Data), score => Assert.Equal(0, score));
        var labels = new bool[2];
        gate.IsAnomaly([499.0, 0.5, 1000.0, 0.5], labels);
        Assert.Equal([false, true], labels);
    }

    [Fact]
    public void It_is_saved_loaded_and_changed()
    {
        var gate = new GateTrainer().Fit(Data).WithThreshold(3).WithCalibration(ScoreCalibration.MinMax, [0, 10]);
        using var file = new MemoryStream();
        gate.Save(file);
        file.Position = 0;
        var loaded = DetectorFile.Catalog.With(GateDetector.Format).Load(file);
        Assert.Equal(100, loaded.Score([599.0, 0.5]));
        Assert.Equal(3, loaded.Threshold);
        Assert.Equal(10, loaded.Calibrator!.Calibrate(100));
    }

    [Fact]
    public void It_joins_an_ensemble_and_its_file()
    {
        var trainer = new EnsembleTrainer { Members = [new("gate", new GateTrainer()), new("forest", new IsolationForestTrainer { TreeCount = 10 })] };
        var ensemble = trainer.Fit(Data);
        Assert.Equal(100, ensemble.Explain([599.0, 0.5])[0].Score);
        using var file = new MemoryStream();
        ensemble.Save(file);
        file.Position = 0;
        var loaded = EnsembleDetector.Load(file, DetectorFile.Catalog.With(GateDetector.Format));
        Assert.Equal(ensemble.Score(Data), loaded.Score(Data));
        file.Position = 0;
        Assert.Contains("'gate'", Assert.Throws<ModelFormatException>(() => EnsembleDetector.Load(file, DetectorFile.Catalog)).Message, StringComparison.Ordinal);
    }

    private static FeatureMatrix Rows(int count)
    {
        float[] cells = [.. Enumerable.Range(0, count).SelectMany(row => (float[])[row, row % 2])];
        return FeatureMatrix.Wrap(cells, 2);
    }
}
