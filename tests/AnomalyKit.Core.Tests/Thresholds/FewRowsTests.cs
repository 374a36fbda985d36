using AnomalyKit.Core.Tests.Calibration;
using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Thresholds;

/// <summary>Fewer rows than a rule's fraction asks for: an extreme row must be flaggable, or the origin of the threshold says why it is not.</summary>
public class FewRowsTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(99)]
    [InlineData(100)]
    public void The_default_flags_a_million_among_numbers_below_fifty(int rows)
    {
        var random = new CounterRandom(3);
        var data = FeatureMatrix.Wrap((float[])[.. Enumerable.Range(0, rows - 1).Select(_ => (float)(50 * random.NextDouble())), 1e6f], 1);
        // Far from the mean, which the row itself draws along: the scores of others are near those of each other.
        var detector = new DistanceTrainer().Fit(data);
        Assert.Equal([rows - 1], detector.IsAnomaly(data).Index().Where(flag => flag.Item).Select(flag => flag.Index));
        Assert.Equal(rows < 100, detector.ThresholdOrigin.Contains($"less than one of {rows} rows", StringComparison.Ordinal));
    }

    [Fact]
    public void The_gap_below_the_greatest_score_decides()
    {
        // Of 0, 1, 2, 3, 4 and x the excesses over the median 2 are 1 and 2, and the greatest counts as the second: their sum is 5, of r = 2. With
        // probability 6 · 0.01 the gap is wider than 5 · (0.06^(-1/2) − 1) = 15.41.
        double bound = 4 + (5 * (Math.Pow(0.06, -0.5) - 1));
        Assert.Equal(19.412414523193153, bound, 1e-12);
        var rule = ThresholdRule.Contamination(0.01);
        Assert.Equal(bound, rule.Resolve([2, 0, 25, 3, 1, 4]), 1e-12);
        Assert.Equal(19, rule.Resolve([2, 0, 19, 3, 1, 4]));
        // Three rows: one excess.
        Assert.Equal(2 + (2 * ((1 / 0.03) - 1)), rule.Resolve([1, 2, 1_000]), 1e-9);
        Assert.Equal(60, rule.Resolve([1, 2, 60]));
    }

    [Fact]
    public void Too_few_equal_or_endless_scores_have_a_threshold()
    {
        var rule = ThresholdRule.Contamination(0.01);
        Assert.Equal(7, rule.Resolve([7]));
        Assert.Equal(1e6, rule.Resolve([7, 1e6f]));
        Assert.Equal(7, rule.Resolve([7, 7, 7]));
        // One differs from all others; two that tie do not stand apart.
        Assert.Equal(7, rule.Resolve([7, 7, 7, 8]));
        Assert.Equal(1e6, rule.Resolve([1, 2, 3, 4, 1e6f, 1e6f]));
        Assert.Equal(1e6, ThresholdRule.Contamination(0).Resolve([1, 2, 3, 4, 1e6f]));
        Assert.InRange(rule.Resolve([1, 2, 3, 4, float.PositiveInfinity]), 4, float.MaxValue);
        Assert.Equal(double.PositiveInfinity, rule.Resolve([1, 2, 3, float.PositiveInfinity, float.PositiveInfinity]));
        Assert.Equal(3, rule.Resolve([float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, 2, 3]));
        Assert.Equal(float.MaxValue, rule.Resolve([float.MinValue, 0, float.MaxValue]));
        Assert.InRange(rule.Resolve([float.Epsilon, 2 * float.Epsilon, 3 * float.Epsilon, 1]), 3 * float.Epsilon, 1e-30);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(99)]
    public void Ordinary_rows_are_flagged_at_the_expected_rate(int rows)
    {
        // Exponential scores, for which the rate is exact: of 4,000 samples a fraction 0.01 · rows has a row flagged, within five standard errors.
        const int Samples = 4_000;
        var random = new CounterRandom(11);
        int flagged = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            float[] scores = [.. Enumerable.Range(0, rows).Select(_ => (float)-Math.Log(1 - random.NextDouble()))];
            double threshold = ThresholdRule.Contamination(0.01).Resolve(scores);
            flagged += scores.Count(score => score > threshold);
        }

        double expected = 0.01 * rows;
        Assert.InRange(flagged / (double)Samples, expected - (5 * Math.Sqrt(expected * (1 - expected) / Samples)), expected + (5 * Math.Sqrt(expected * (1 - expected) / Samples)));
    }

    [Fact]
    public void Rules_flag_one_extreme_row_from_the_number_of_rows_they_state()
    {
        (ThresholdRule Rule, int From)[] rules =
        [
            (ThresholdRule.Contamination(0.01), 3), (ThresholdRule.Quantile(0.99), 2), (ThresholdRule.MedianAbsoluteDeviation(), 3), (ThresholdRule.InterquartileRange(), 4),
            (ThresholdRule.InterquartileRange(1_000), 5), (ThresholdRule.WidestGap(0.01), 3), (ThresholdRule.Knee(), 3), (ThresholdRule.FalsePositiveRate(0.05), 39),
        ];
        foreach (var (rule, from) in rules)
        {
            for (int rows = 2; rows < 60; rows++)
            {
                float[] scores = [.. Enumerable.Range(0, rows - 1).Select(i => (float)i), 1e9f];
                Assert.True(rows >= from == 1e9f > rule.Resolve(scores), $"{rule} of {rows} rows: {rule.Resolve(scores)}");
            }
        }
    }

    [Fact]
    public void The_origin_says_what_few_rows_do_not_allow()
    {
        Assert.Equal("contamination 0.01", ThresholdRule.Contamination(0.01).Describe(100));
        Assert.Equal("contamination 0", ThresholdRule.Contamination(0).Describe(5));
        Assert.Equal(
            "contamination 0.01 (less than one of 99 rows: only the highest score can lie above, if it stands apart)", ThresholdRule.Contamination(0.01).Describe(99));
        Assert.Equal("widest gap near 0.1, within a factor of 2", ThresholdRule.WidestGap(0.1, 2).Describe(5));
        Assert.Equal(
            "widest gap near 0.1, within a factor of 2: contamination 0.1 (less than one of 4 rows: only the highest score can lie above, if it stands apart)",
            ThresholdRule.WidestGap(0.1, 2).Describe(4));
        Assert.Equal("Pareto tail, risk 0.001", ThresholdRule.ParetoTail().Describe(500));
        Assert.Equal("Pareto tail, risk 0.001 (of 499 rows, the largest 10 are the tail, outliers among them)", ThresholdRule.ParetoTail().Describe(499));
        Assert.Equal("Pareto tail, risk 0.001 (of 5 rows, the largest 4 are the tail, outliers among them)", ThresholdRule.ParetoTail().Describe(5));
        Assert.Equal("false-positive rate 0.01", ThresholdRule.FalsePositiveRate(0.01).Describe(99));
        Assert.Equal("false-positive rate 0.01 (no threshold keeps it: it needs 99 rows, 98 were given)", ThresholdRule.FalsePositiveRate(0.01).Describe(98));
        var calibrator = (TailCalibrator)ScoreCalibration.Conformal().Fit([.. Enumerable.Range(1, 99).Select(i => (float)i)])!;
        Assert.Equal("false-discovery rate 0.1", ThresholdRule.FalseDiscoveryRate(0.1, calibrator).Describe(10));
        Assert.Equal(
            "false-discovery rate 0.1 (no p-value is small enough to flag fewer than 2 of 11 rows: calibrate on more)",
            ThresholdRule.FalseDiscoveryRate(0.1, calibrator).Describe(11));
        Assert.Equal("knee", ThresholdRule.Knee().Describe(1));
        // The rule itself may be asked with as few rows as that: nothing is flagged.
        Assert.Equal(1_000, ThresholdRule.FalseDiscoveryRate(0.1, calibrator).Resolve([1_000, .. Enumerable.Repeat(1f, 10)]));
        Assert.Equal(1, ThresholdRule.FalseDiscoveryRate(0.1, calibrator).Resolve([1_000, .. Enumerable.Repeat(1f, 9)]));
    }

    [Fact]
    public void A_p_value_at_its_bound_is_a_discovery_however_the_bound_is_rounded()
    {
        // Four calibration scores: the least p-value is 1 / 5, which is 0.3 · 2 / 3, computed as 0.19999999999999998.
        var calibrator = (TailCalibrator)ScoreCalibration.Conformal().Fit([1, 2, 3, 4])!;
        Assert.Equal(0, ThresholdRule.FalseDiscoveryRate(0.3, calibrator).Resolve([0, 9, 9]));
    }

    [Property(Arbitrary = [typeof(TiedScoresArbitrary)])]
    public void Ties_are_flagged_together_or_not_at_all_and_stricter_rules_flag_no_more(TiedScores rows)
    {
        Func<double, ThresholdRule>[] families =
        [
            ThresholdRule.Contamination, strictness => ThresholdRule.Quantile(1 - strictness), strictness => ThresholdRule.MedianAbsoluteDeviation(1 / strictness),
            strictness => ThresholdRule.InterquartileRange(1 / strictness), strictness => ThresholdRule.FalsePositiveRate(strictness),
            strictness => ThresholdRule.ParetoTail(strictness / 10, 0.06),
        ];
        foreach (var family in families)
        {
            double previous = double.PositiveInfinity;
            foreach (double strictness in (double[])[0.001, 0.01, 0.02, 0.05, 0.1, 0.3, 0.5])
            {
                double threshold = family(strictness).Resolve(rows.Scores);
                if (!(threshold <= previous))
                    Assert.Fail($"{family(strictness)} of {rows}: {threshold}, a stricter one {previous}.");
                previous = threshold;
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(100)]
    public void A_pareto_tail_of_ties_flags_none_of_them(int tied)
    {
        // 1,000 rows of which more than one in a thousand share the greatest score: none may lie above.
        Assert.Equal(3, ThresholdRule.ParetoTail().Resolve([.. Enumerable.Repeat(2f, 1_000 - tied), .. Enumerable.Repeat(3f, tied)]));
        Assert.Equal(2, ThresholdRule.ParetoTail(0.11, 0.3).Resolve([.. Enumerable.Repeat(2f, 900), .. Enumerable.Range(3, 100).Select(i => (float)i)]));
    }

    [Fact]
    public void A_gap_above_scores_at_the_middle_is_wider_than_any_other()
    {
        // The median is 1: beside a score that lies on it, 5 lies infinitely far out, and 9 not twice as far as 5.
        float[] scores = [.. Enumerable.Repeat(1f, 18), 5, 9];
        double threshold = ThresholdRule.WidestGap(0.1, 2).Resolve(scores);
        Assert.InRange(threshold, 1, 4.999);
        Assert.Equal(threshold, ThresholdRule.WidestGap(0.1, 2).Resolve([1, 5, 9], [18, 1, 1]));
        // Where all that may be flagged lie on the median, there is no gap, and the fraction decides.
        float[] flat = [.. Enumerable.Repeat(0f, 4), .. Enumerable.Repeat(1f, 16)];
        Assert.Equal(ThresholdRule.Contamination(0.1).Resolve(flat), ThresholdRule.WidestGap(0.1, 2).Resolve(flat));
        Assert.Equal(ThresholdRule.Contamination(0.1).Resolve(flat), ThresholdRule.WidestGap(0.1, 2).Resolve([0, 1], [4, 16]));
    }
}
