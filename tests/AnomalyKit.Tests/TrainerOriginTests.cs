namespace AnomalyKit.Tests;

public class TrainerOriginTests
{
    [Fact]
    public void The_settings_of_a_model_make_its_trainer_again()
    {
        foreach (string name in DetectorTrainers.Names)
        {
            var trainer = TrainerOptions.With(DetectorTrainers.Create(name, seed: 7), "Threshold", "contamination:0.02");
            var origin = TrainerOrigin.Of(trainer, name);
            Assert.StartsWith("AnomalyKit ", origin.Program, StringComparison.Ordinal);
            Assert.Equal(name, origin.Trainer);
            var again = TrainerOptions.With(DetectorTrainers.Create(name), origin.Settings);
            Assert.Equal(origin, TrainerOrigin.Of(again, name));
            Assert.Contains(origin.Settings, setting => setting == "Threshold=contamination:0.02");
        }
    }

    [Fact]
    public void What_fits_chose_is_read_from_their_detectors()
    {
        var random = new Numerics.CounterRandom(1, 0);
        var rows = FeatureMatrix.Wrap(Enumerable.Range(0, 3000).Select(_ => (float)random.NextDouble()).ToArray(), 3);
        foreach (string name in DetectorTrainers.Names)
        {
            var trainer = DetectorTrainers.Create(name);
            var detector = trainer.Fit(rows);
            Assert.Empty(TrainerOptions.ReadChosen(detector));
            var chosen = TrainerOptions.ReadChosen(detector.WithOrigin(TrainerOrigin.Of(trainer, name)));
            Assert.Equal(name is not ("elliptic-envelope" or "one-class-svm"), chosen.Count > 0);
            // Given by name, they make the same detector, and nothing is left to choose.
            var given = TrainerOptions.With(trainer, chosen.Select(option => $"{option.Key}={option.Value}"));
            Assert.Equal(Saved(detector), Saved(given.Fit(rows)));
            Assert.Empty(TrainerOptions.ReadChosen(detector.WithOrigin(TrainerOrigin.Of(given, name))));
        }

        static byte[] Saved(IAnomalyDetector detector)
        {
            var file = new MemoryStream();
            detector.Save(file);
            return file.ToArray();
        }
    }

    [Fact]
    public void The_file_of_a_detector_keeps_what_made_it_and_changed_thresholds_do_not_lose_it()
    {
        var random = new Numerics.CounterRandom(1, 0);
        double[] values = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())];
        var table = new FeatureTable(new DoubleColumn("amount", values));
        var trainer = new TableTrainer(new IsolationForestTrainer { TreeCount = 5, Seed = 3 });
        var origin = TrainerOrigin.Of(trainer, "isolation-forest");
        var detector = trainer.Fit(table).WithOrigin(origin).WithThreshold(0.7);
        var saved = new MemoryStream();
        detector.Save(saved);
        saved.Position = 0;
        var loaded = DetectorFile.LoadTableDetector(saved);
        Assert.Equal(origin, loaded.Origin);
        Assert.Contains("TreeCount=5", loaded.Origin!.Settings);
        Assert.Contains("preparation.Missing=refuse", loaded.Origin.Settings);
        Assert.Null(loaded.WithOrigin(null).Origin);
    }
}
