namespace AnomalyKit.Tests;

public sealed class DetectorTrainersTests
{
    [Fact]
    public void Names_are_the_kinds_of_the_catalog_and_recommended() =>
        Assert.Equal(DetectorFile.Catalog.DetectorKinds.Where(kind => kind != "ensemble").Append("recommended").Order(), DetectorTrainers.Names.Order());

    [Fact]
    public void A_trainer_of_a_name_fits_a_detector_of_that_kind_with_that_seed()
    {
        var random = new Random(5);
        var data = FeatureMatrix.FromRows([.. Enumerable.Range(0, 60).Select(_ => new[] { random.NextSingle(), random.NextSingle() })]);
        foreach (string name in DetectorTrainers.Names)
        {
            Assert.EndsWith(".", DetectorTrainers.Describe(name), StringComparison.Ordinal);
            var trainer = DetectorTrainers.Create(name, 9);
            var seeds = TrainerOptions.Read(trainer).Where(option => option.Name.EndsWith("Seed", StringComparison.Ordinal) && !option.Name.Contains("network", StringComparison.Ordinal));
            Assert.All(seeds, option => Assert.Equal("9", option.Value));
            if (name != "recommended")
                Assert.Equal(name, trainer.Fit(data).Info.Kind);
        }

        Assert.Equal(RecommendedEnsemble.Create(9), DetectorTrainers.Create("recommended", 9));
    }

    [Fact]
    public void Case_and_dashes_do_not_matter() => Assert.IsType<IsolationForestTrainer>(DetectorTrainers.Create("IsolationForest"));

    [Theory]
    [InlineData("isolation-forrest", "There is no detector 'isolation-forrest'; did you mean 'isolation-forest'? Detectors are recommended, isolation-forest, elliptic-envelope, one-class-svm, nearest-neighbors, local-outlier-factor, autoencoder.")]
    [InlineData("", "There is no detector ''. Detectors are recommended, ")]
    [InlineData("lof", "There is no detector 'lof'. Detectors are recommended, ")]
    public void An_unknown_detector_is_answered_with_those_that_there_are(string name, string start) =>
        Assert.StartsWith(start, Assert.Throws<ArgumentException>(() => DetectorTrainers.Create(name)).Message, StringComparison.Ordinal);
}
