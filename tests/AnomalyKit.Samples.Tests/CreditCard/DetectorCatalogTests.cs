using AnomalyKit.Samples.CreditCard;
using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Detectors;
using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Samples.Tests.CreditCard;

public class DetectorCatalogTests
{
    [Fact]
    public void An_unknown_detector_is_an_error_that_lists_the_known_ones()
    {
        var error = Assert.Throws<SampleException>(() => DetectorCatalog.Default.Select(["isolation-forest", "random-forest"]));
        Assert.Contains("'random-forest'", error.Message, StringComparison.Ordinal);
        foreach (var entry in DetectorCatalog.Default.Entries)
            Assert.Contains(entry.Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_unique_and_none_means_all()
    {
        var entries = DetectorCatalog.Default.Entries;
        Assert.Equal(entries.Count, entries.DistinctBy(entry => entry.Name).Count());
        Assert.Equal(entries, DetectorCatalog.Default.Select([]));
    }

    [Fact]
    public void Recommended_settings_say_that_they_use_the_known_rate()
    {
        var context = new SettingsContext(42, 0.0017, FeatureScaling.Standard);
        Assert.All(DetectorCatalog.Default.Entries, entry => Assert.True(entry.Recommended(context).UsesKnownFraudRate));
        Assert.All(DetectorCatalog.Default.Entries, entry => Assert.False(entry.Reference(context).UsesKnownFraudRate));
    }

    [Fact]
    public void A_detector_may_train_on_normal_rows_where_the_protocol_allows_it()
    {
        var rows = SyntheticCreditCard.Generate(new SyntheticOptions { Rows = 3000 }, -1, null, default).Rows;
        var entry = Entry("normal-only", TrainingRows.NormalWhereAllowed);
        var reference = new ReferenceProtocol().Split(rows, default);
        Assert.Equal(reference.NormalTraining.RowCount, Session(reference, entry).Fit(entry, null, default).TrainRows);
        var temporal = new TemporalProtocol().Split(rows, default);
        Assert.Equal(temporal.Training.RowCount, Session(temporal, entry).Fit(entry, null, default).TrainRows);
    }

    [Fact]
    public void An_ensemble_takes_its_members_from_the_same_session()
    {
        var rows = SyntheticCreditCard.Generate(new SyntheticOptions { Rows = 3000 }, -1, null, default).Rows;
        var split = new AllRowsProtocol().Split(rows, default);
        var member = Entry("member", TrainingRows.All);
        var ensemble = new DetectorEntry("ensemble", Ensemble, Ensemble);
        var session = Session(split, ensemble, member);
        var alone = session.Fit(member, null, default);
        var together = session.Fit(ensemble, null, default);
        var detector = Assert.IsType<EnsembleDetector>(together.Detector);
        Assert.Same(alone.Detector, detector.Members[0].Detector);
        Assert.True(together.Seconds >= alone.Seconds);
        Assert.Equal(new EnsembleTrainer { Members = [new EnsembleMember("member", alone.Setup.Own!)] }.FitAndScore(split.Training).TrainingScores, together.TrainingScores);

        // Combined from the member's scores, to the bit what scoring would give.
        Assert.Equal(detector.Score(split.Test), session.Score(ensemble, null, default).Scores);
        Assert.Same(session.Score(member, null, default), session.Score(member, null, default));

        static DetectorSetup Ensemble(SettingsContext context) => new("one member", named => new EnsembleTrainer { Members = [named("member")] });
    }

    private static FitSession Session(ProtocolSplit split, params DetectorEntry[] entries) => new(
        new DetectorCatalog(entries), split, DetectorSettings.Reference, new SettingsContext(42, 0.0017, split.StandardScaling), -1);

    private static DetectorEntry Entry(string name, TrainingRows rows)
    {
        return new DetectorEntry(name, Setup, Setup);

        DetectorSetup Setup(SettingsContext context) => new("a few trees", new IsolationForestTrainer { TreeCount = 5 }) { Rows = rows };
    }
}
