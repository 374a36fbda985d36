using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Tests;

public class DetectorTests
{
    private static readonly FeatureMatrix Rows = Answering.TwoGroups();

    [Fact]
    public void ADetectorSavesAndLoads()
    {
        var detector = Learned();
        var loaded = Reloaded(detector);
        Assert.Equal(detector.Score(Rows), loaded.Score(Rows));
        Assert.Equal(detector.Threshold, loaded.Threshold);
        Assert.Equal(detector.ThresholdOrigin, loaded.ThresholdOrigin);
        Assert.Equal(2, ((FeedbackDetector)loaded).AnomalyCount);
        Assert.Equal(2, ((FeedbackDetector)loaded).NormalCount);
    }

    [Fact]
    public void WhatItLearnedIsInTheFile()
    {
        var detector = Learned();
        Assert.NotEqual(detector.BaseDetector.Score(Rows), Reloaded(detector).Score(Rows));
        using var file = new MemoryStream();
        detector.Save(file);
        file.Position = 0;
        Assert.Contains("feedback", Assert.Throws<ModelFormatException>(() => DetectorFile.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThresholdAndProfileFollowTheScores()
    {
        var session = Answering.Session(Rows);
        var before = session.BaseDetector;
        session.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        var after = session.ToDetector();
        Assert.Equal(before.IsAnomaly(Rows).Count(flag => flag), after.IsAnomaly(Rows).Count(flag => flag));
        Assert.Equal(before.Profile!.AlertFraction!.Value, after.Profile!.AlertFraction!.Value, 0.004);
        Assert.NotEqual(before.Profile.Scores!.Quantile(0.5), after.Profile.Scores!.Quantile(0.5));

        var ruled = session.ToDetector(ThresholdRule.Contamination(0.1), ScoreCalibration.Rank());
        Assert.Equal(31, ruled.IsAnomaly(Rows).Count(flag => flag));
        Assert.NotNull(ruled.Calibrator);
    }

    [Fact]
    public void ACalibrationIsFittedAnew()
    {
        var trainer = new IsolationForestTrainer { TreeCount = 50, Calibration = ScoreCalibration.Rank() };
        var session = FeedbackSession.Start(trainer.Fit(Rows), Rows, Answering.Keys(Rows.RowCount));
        session.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        var detector = session.ToDetector();
        float[] scores = detector.Score(Rows);
        double highest = detector.Calibrator!.Calibrate(scores.Max());
        Assert.InRange(highest, 0.99, 1);
        Assert.InRange(detector.Calibrator.Calibrate(scores.Min()), 0, 0.01);
    }

    [Fact]
    public void ScoresDependOnNoOtherRow()
    {
        var detector = Learned();
        float[] together = detector.Score(Rows);
        for (int row = 0; row < Rows.RowCount; row += 31)
            Assert.Equal(together[row], detector.Score(Rows, row));
        Assert.Equal(together, detector.Score(Rows, new ScoreOptions { MaxDegreeOfParallelism = 1 }));
    }

    [Fact]
    public void AScoreIsExplained()
    {
        var detector = Learned();
        var attribution = detector.Attribute(Rows, 307);
        Assert.Equal(detector.Score(Rows, 307), attribution.Explained, 1e-3);
        Assert.Equal(attribution.Explained - attribution.Baseline, attribution.Contributions.ToArray().Sum(), 1e-3);
        Assert.True(attribution.Contributions[1] > attribution.Contributions[0]);
    }

    [Fact]
    public void AnEnsembleSaysWhichMembersToBelieve()
    {
        var ensemble = new EnsembleTrainer
        {
            Members =
            [
                new("forest", new IsolationForestTrainer { TreeCount = 20 }),
                new("envelope", new EllipticEnvelopeTrainer()),
                new("both", new EnsembleTrainer { Members = [new("forest", new IsolationForestTrainer { TreeCount = 10, Seed = 3 })] }),
            ],
        }.Fit(Rows);
        var session = FeedbackSession.Start(ensemble, Rows, Answering.Keys(Rows.RowCount));
        session.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        var detector = session.ToDetector();
        Assert.Equal(detector.Score(Rows), Reloaded(detector).Score(Rows));
        session.Undo();
        session.Undo();
        session.Undo();
        session.Undo();
        Assert.Equal(ensemble.Score(Rows), session.Ask(Rows.RowCount, QuestionChoice.Random).Items.OrderBy(item => item.Row).Select(item => item.BaseScore));
    }

    [Fact]
    public void MissingCellsAndCategoriesTeachToo()
    {
        var schema = new FeatureSchema(["amount", "kind"]).WithCategories(new Dictionary<string, int> { ["kind"] = 3 }).WithMissing("amount", "kind");
        float[] cells = [.. Enumerable.Range(0, 90).SelectMany(i => new[] { i % 7 == 0 ? float.NaN : i % 5, i % 11 == 0 ? float.NaN : i % 3 })];
        var rows = FeatureMatrix.Wrap(cells, schema);
        var session = FeedbackSession.Start(new IsolationForestTrainer { TreeCount = 20 }.Fit(rows), rows);
        session.Answer("1", FeedbackLabel.Anomaly);
        session.Answer("0", FeedbackLabel.Normal);
        var detector = session.ToDetector();
        float[] scores = detector.Score(rows);
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        Assert.Equal(scores, Reloaded(detector).Score(rows));
    }

    [Fact]
    public void CategoriesAreThoseOfTheDetector()
    {
        var schema = new FeatureSchema(["amount", "kind"]).WithCategories(new Dictionary<string, int> { ["kind"] = 3 });
        float[] cells = [.. Enumerable.Range(0, 90).SelectMany(i => new float[] { i % 5, i % 3 })];
        var rows = FeatureMatrix.Wrap(cells, schema);
        var plain = FeatureMatrix.Wrap(cells, new FeatureSchema(["amount", "kind"]));
        var session = FeedbackSession.Start(new IsolationForestTrainer { TreeCount = 20 }.Fit(rows), plain);
        session.Answer("1", FeedbackLabel.Anomaly);
        session.Answer("0", FeedbackLabel.Normal);
        var detector = session.ToDetector();
        Assert.Equal(detector.Score(rows), Reloaded(detector).Score(rows));
    }

    [Fact]
    public void MembersBeyondSinglePrecisionStayFinite()
    {
        float[] cells = [.. Enumerable.Range(0, 60).Select(i => 1e-25f * i), 1e30f];
        var rows = FeatureMatrix.Wrap(cells, 1);
        var ensemble = new EnsembleTrainer
        {
            Members = [new("near", new NearestNeighborsTrainer { Neighbors = 3 }), new("far", new NearestNeighborsTrainer { Neighbors = 5 })],
            MemberCalibration = ScoreCalibration.ZScore,
        }.Fit(rows.SelectRows([.. Enumerable.Range(0, 60)]));
        var session = FeedbackSession.Start(ensemble, rows);
        session.Answer("60", FeedbackLabel.Anomaly);
        session.Answer("3", FeedbackLabel.Normal);
        Assert.All(session.Ask(61, QuestionChoice.Random).Items, item => Assert.True(double.IsFinite(item.Score)));
        Assert.All(session.ToDetector().Score(rows), score => Assert.True(float.IsFinite(score)));
    }

    private static FeedbackDetector Learned()
    {
        var session = Answering.Session(Rows);
        session.Answer(Answering.GroupAnswers(FeedbackLabel.Normal, FeedbackLabel.Anomaly));
        return Assert.IsType<FeedbackDetector>(session.ToDetector());
    }

    private static IAnomalyDetector Reloaded(IAnomalyDetector detector)
    {
        using var file = new MemoryStream();
        detector.Save(file);
        file.Position = 0;
        return FeedbackFile.Catalog.Load(file);
    }
}
