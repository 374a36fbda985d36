using System.Text;
using AnomalyKit.Persistence;

namespace AnomalyKit.Core.Tests.TableDetection;

/// <summary>Another threshold for a detector of tables.</summary>
public sealed class ThresholdTests
{
    private static readonly FeatureTable Table = new(new DoubleColumn("x", Enumerable.Range(1, 1000).Select(row => (double)row).ToArray()));
    private static readonly TableDetector Detector = Fit();

    [Theory]
    [InlineData(7)]
    [InlineData(100_000)]
    public void A_rule_over_a_source_is_the_rule_over_its_scores(int batchRows)
    {
        var rule = ThresholdRule.Contamination(0.02);
        var found = Detector.FindThreshold(rule, Open(1000), new TableScoreOptions { BatchRows = batchRows });
        Assert.Equal((980, "contamination 0.02"), (found.Detector.Threshold, found.Detector.Detector.ThresholdOrigin));
        Assert.Equal((1000, 20), (found.RowCount, found.AnomalyCount));
        Assert.Equal(Detector.WithThreshold(rule, Detector.Score(Table)).Threshold, found.Detector.Threshold);
        Assert.Equal(500, Detector.FindThreshold(ThresholdRule.Fixed(500), Open(1000)).AnomalyCount);
    }

    [Fact]
    public void A_result_in_words_has_the_threshold_and_no_columns()
    {
        Assert.Equal("threshold 980 (contamination 0.02): 20 of 1000 rows are anomalies, the rows that the detector was fitted on", Detector.FindThreshold(ThresholdRule.Contamination(0.02), Open(1000)).ToString());
        Assert.Equal("threshold 0 (fixed 0): 900 of 900 rows are anomalies", $"{new ThresholdResult(Detector, 900, 900)}");
        Assert.Equal("threshold 0 (fixed 0)", $"{new ThresholdResult(Detector, 0, 0)}");
    }

    [Fact]
    public void Without_rows_a_rule_finds_nothing() =>
        Assert.Throws<ArgumentException>(() => Detector.FindThreshold(ThresholdRule.Knee(), Open(0)));

    [Fact]
    public void The_fraction_of_alerts_belongs_to_the_present_threshold()
    {
        Assert.Null(Detector.AlertFraction());
        var counted = Detector.WithScores(ThresholdRule.Contamination(0.02), ScoreCalibration.None, Detector.Score(Table));
        Assert.Equal(0.02, counted.AlertFraction());
        Assert.Equal(0.25, counted.WithThreshold(750).AlertFraction()!.Value, counted.Profile!.Scores!.RankError + 1e-9);
        Assert.Equal(0, counted.WithThreshold(1e6).AlertFraction());
        Assert.Equal(0.02, counted.Profile.AlertFraction);
        // A threshold that was found in the scores of other rows was set for the fraction among those.
        float[] later = [.. Enumerable.Range(0, 500).Select(row => 800 + (row * .5f))];
        var capped = counted.WithThreshold(ThresholdRule.Contamination(0.1), later);
        Assert.Equal((0.1, 500), (capped.AlertFraction(), capped.Profile!.AlertRowCount));
        var frame = counted.Detector.Frame with { Profile = counted.Profile };
        Assert.Equal(capped.Profile, frame.WithThreshold(ThresholdRule.Contamination(0.1), later).Profile);
        // Without scores of the fit, these are what later ones are compared with.
        var first = Detector.WithThreshold(ThresholdRule.Contamination(0.1), later);
        Assert.Equal((0.1, 500, 500), (first.AlertFraction(), first.Profile!.AlertRowCount, first.Profile.Scores!.Count));
    }

    /// <summary>The first rows of the table as CSV.</summary>
    private static CsvTableReader Open(int rows) =>
        CsvTableReader.Open(new MemoryStream(Encoding.ASCII.GetBytes("x\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"{row}\n")))), Detector.Layout);

    private static TableDetector Fit()
    {
        var preparation = new TablePreparation().Fit(Table);
        return new TableDetector(preparation, new Formula(new DetectorFrame(preparation.Output, FeatureTransform.Identity(1), 0, "fixed 0")), ReferenceProfile.Of(Table));
    }

    /// <summary>The score is the cell.</summary>
    private sealed class Formula(DetectorFrame frame) : IAnomalyDetector
    {
        public DetectorInfo Info { get; } = new("cell", "the cell", double.NegativeInfinity, double.PositiveInfinity, "none");

        public DetectorFrame Frame => frame;

        public void ScoreRows(EncodedRows rows, Span<float> scores) => rows.Cells.CopyTo(scores);

        public IAnomalyDetector WithFrame(DetectorFrame other) => new Formula(other);

        public void WriteModel(ModelWriter writer) => throw new NotSupportedException();
    }
}
