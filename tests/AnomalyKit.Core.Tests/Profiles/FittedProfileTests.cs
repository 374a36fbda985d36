using AnomalyKit.Core.Tests.Calibration;
using AnomalyKit.Persistence;
using Make = AnomalyKit.Core.Tests.Preparation.Tables;

namespace AnomalyKit.Core.Tests.Profiles;

/// <summary>Profiles are made at fit, kept by changes of the frame and saved with the detector.</summary>
public class FittedProfileTests
{
    private static readonly ModelCatalog Catalog = new([DistanceDetector.Format]);

    [Fact]
    public void A_fit_keeps_columns_scores_and_alerts()
    {
        var data = ProfileTests.Rows(1000, 3);
        var detector = new DistanceTrainer().Fit(data);
        var profile = detector.Profile!;
        Assert.Same(profile, ((IAnomalyDetector)detector).Profile);
        Assert.Equal(ReferenceProfile.Of(data), profile.WithoutScores());
        float[] scores = detector.Score(data);
        Assert.Equal(scores.Count(score => score > detector.Threshold) / 1000.0, profile.AlertFraction);
        Assert.Equal(detector.Threshold, profile.AlertThreshold);
        Assert.Equal((1000L, (double)scores.Min(), (double)scores.Max()), (profile.Scores!.Count, profile.Scores.Minimum, profile.Scores.Maximum));
        Assert.False(profile.HasHeldOutScores);
        Assert.True(new DistanceTrainer { Calibration = ScoreCalibration.Conformal() }.Fit(data).Profile!.HasHeldOutScores);
    }

    [Fact]
    public void A_fit_without_scores_has_none_in_its_profile()
    {
        var profile = new DistanceTrainer { Threshold = ThresholdRule.Fixed(1) }.Fit(ProfileTests.Rows(100, 2)).Profile!;
        Assert.Null(profile.Scores);
        Assert.Null(profile.AlertFraction);
        Assert.Equal(2, profile.Columns.Count);
    }

    [Fact]
    public void It_can_be_left_out()
    {
        var options = new FitOptions { KeepProfile = false };
        Assert.Null(new DistanceTrainer().Fit(ProfileTests.Rows(100, 2), options).Profile);
        Assert.Null(new TableTrainer(new DistanceTrainer()).Fit(Table(), options).Profile);
    }

    [Fact]
    public void Other_thresholds_and_calibrations_keep_it()
    {
        var detector = new DistanceTrainer().Fit(ProfileTests.Rows(100, 2));
        Assert.Same(detector.Profile, detector.WithThreshold(3).Profile);
        Assert.Same(detector.Profile, detector.WithCalibration(ScoreCalibration.Rank(), detector.Score(ProfileTests.Rows(100, 2))).Profile);
        Assert.Equal(detector.Frame, detector.Frame with { Profile = ReferenceProfile.Of(ProfileTests.Rows(100, 2)).WithScoresOf(detector.Profile!) });
        Assert.NotEqual(detector.Frame, detector.Frame with { Profile = null });
    }

    [Fact]
    public void Rows_in_another_encoding_are_refused()
    {
        var detector = new DistanceTrainer().Fit(ProfileTests.Rows(100, 2));
        Assert.Throws<ArgumentException>(() => detector.Frame with { Profile = ReferenceProfile.Of(ProfileTests.Rows(100, 3)) });
    }

    [Fact]
    public void Rows_of_weight_0_leave_no_trace()
    {
        var data = ProfileTests.Rows(100, 2);
        double[] weights = [.. Enumerable.Range(0, 100).Select(i => i % 3 == 0 ? 0.0 : 1)];
        int[] kept = [.. Enumerable.Range(0, 100).Where(i => i % 3 != 0)];
        Assert.Equal(new DistanceTrainer().Fit(data.SelectRows(kept)).Profile, new DistanceTrainer().Fit(data.WithWeights(weights)).Profile);
    }

    [Fact]
    public void It_is_saved_with_the_detector()
    {
        var detector = new DistanceTrainer().Fit(ProfileTests.Rows(5000, 4));
        byte[] file = Saved(detector.Save);
        var loaded = Catalog.Load(new MemoryStream(file));
        Assert.Equal(detector.Profile, loaded.Profile);
        Assert.Equal(file, Saved(loaded.Save));
        var without = new DistanceTrainer().Fit(ProfileTests.Rows(5000, 4), new FitOptions { KeepProfile = false });
        byte[] small = Saved(without.Save);
        Assert.Null(Catalog.Load(new MemoryStream(small)).Profile);
        Assert.True(small.Length < 2000 && file.Length < small.Length + (4 * 4 * 900) + 6000, $"{file.Length} bytes with and {small.Length} without.");
    }

    [Fact]
    public void A_detector_behind_a_preparation_remembers_the_table()
    {
        var trainer = new TableTrainer(new DistanceTrainer());
        var result = trainer.FitAndScore(Table());
        var detector = result.Detector;
        var profile = detector.Profile!;
        Assert.Equal(["amount", "city", "day"], profile.Columns.Select(column => column.Name));
        Assert.Equal(["Oslo", "Rome", "Bonn"], profile["city"].Levels);
        Assert.Null(detector.Detector.Profile);
        Assert.Equal(detector.Detector.Schema, profile.Rows!.Schema);
        Assert.Equal(6, profile.Scores!.Count);
        Assert.Equal(profile, trainer.Fit(Table()).Profile);
        Assert.Same(profile, detector.WithThreshold(1).Profile);
        var loaded = TableDetector.Load(new MemoryStream(Saved(detector.Save)), Catalog);
        Assert.Equal(profile, loaded.Profile);
        Assert.Equal(Saved(detector.Save), Saved(loaded.Save));
        Assert.Equal(result.TrainingScores.ToArray(), loaded.Score(Table()));
    }

    internal static byte[] Saved(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }

    internal static FeatureTable Table() => Make.Of(
        Make.Numbers("amount", 1, 2, 3, 4, 5.5, 60),
        Make.Words("city", "Rome", "Oslo", "Rome", "Oslo", "Oslo", "Bonn"),
        Make.Dates("day", "2026-01-02", "2026-01-01", "2026-01-03", "2026-01-05", "2026-02-01", "2026-03-01"));
}
