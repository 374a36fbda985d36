using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Thresholds;

/// <summary>A threshold of weighted scores is that of the scores repeated as often as the weights say.</summary>
public class WeightedThresholdTests
{
    private static readonly ThresholdRule[] Rules =
    [
        ThresholdRule.Contamination(0), ThresholdRule.Contamination(0.01), ThresholdRule.Contamination(0.1), ThresholdRule.Contamination(0.5),
        ThresholdRule.Quantile(0), ThresholdRule.Quantile(0.3), ThresholdRule.Quantile(0.99), ThresholdRule.Quantile(1),
        ThresholdRule.MedianAbsoluteDeviation(), ThresholdRule.InterquartileRange(), ThresholdRule.ParetoTail(), ThresholdRule.ParetoTail(0.01, 0.3),
        ThresholdRule.WidestGap(0.05), ThresholdRule.WidestGap(0.2, 3), ThresholdRule.WidestGap(0.3, 10), ThresholdRule.Knee(), ThresholdRule.Fixed(3),
    ];

    [Property(MaxTest = 400, Arbitrary = [typeof(WeightedRowsArbitrary)])]
    public void Whole_weights_are_repetitions(WeightedRows rows)
    {
        foreach (var rule in Rules)
        {
            double expected = rule.Resolve(rows.Repeated);
            double actual = rule.Resolve(rows.Scores, rows.Weights);
            if (!Agree(expected, actual))
                Assert.Fail($"{rule}: {actual:R} instead of {expected:R} for {rows}.");
        }
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(WeightedRowsArbitrary)])]
    public void Weights_of_nothing_and_one_give_the_threshold_of_the_rest_to_the_bit(WeightedRows rows)
    {
        double[] weights = [.. rows.Weights.Select(weight => Math.Min(weight, 1))];
        float[] rest = [.. rows.Scores.Where((_, i) => weights[i] > 0)];
        foreach (var rule in (ThresholdRule[])[.. Rules, ThresholdRule.FalsePositiveRate(0.1)])
            Assert.Equal(rule.Resolve(rest), rule.Resolve(rows.Scores, weights));
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(WeightedRowsArbitrary)])]
    public void The_order_of_the_rows_does_not_matter(WeightedRows rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Scores.Length)];
        new Random(3).Shuffle(order);
        double[] parts = [.. rows.Weights.Select(weight => weight / 2)];
        foreach (var rule in Rules)
        {
            double expected = rule.Resolve(rows.Scores, parts);
            double actual = rule.Resolve([.. order.Select(i => rows.Scores[i])], [.. order.Select(i => parts[i])]);
            if (!Agree(expected, actual))
                Assert.Fail($"{rule}: {actual:R} instead of {expected:R}.");
        }
    }

    [Property(MaxTest = 40, Arbitrary = [typeof(WeightedRowsArbitrary)])]
    public void Parts_of_rows_give_a_number_within_the_scores(WeightedRows rows)
    {
        foreach (double factor in (double[])[1e-9, 0.1, 0.7, 3.3, 1e9, 1e200])
        {
            double[] weights = [.. rows.Weights.Select(weight => weight * factor)];
            Assert.InRange(ThresholdRule.Quantile(0.4).Resolve(rows.Scores, weights), rows.Scores.Min(), rows.Scores.Max());
            Assert.All(Rules, rule => Assert.NotEqual(double.NaN, rule.Resolve(rows.Scores, weights)));
            double flagged = 0;
            double threshold = ThresholdRule.Contamination(0.2).Resolve(rows.Scores, weights);
            for (int i = 0; i < weights.Length; i++)
                flagged += rows.Scores[i] > threshold ? weights[i] : 0;
            if (0.2 * weights.Sum() >= 1)
                Assert.InRange(flagged, 0, 0.2 * weights.Sum() * (1 + 1e-9));
        }
    }

    [Fact]
    public void Fractional_weights_are_read_as_documented()
    {
        // The staircase 1 on [0, 1.5), 2 on [1.5, 2), 4 on [2, 4): the median is its mean over [1.5, 2.5], half 2 and half 4.
        float[] scores = [4, 1, 2];
        double[] weights = [2, 1.5, 0.5];
        Assert.Equal(3, ThresholdRule.Quantile(0.5).Resolve(scores, weights));
        // From 0.75 on: three quarters 1, a quarter 2.
        Assert.Equal(1 + 0.25, ThresholdRule.Quantile(0.25).Resolve(scores, weights));
        // A steady function of the weights: a little more or less of a row moves it a little.
        Assert.Equal(3, ThresholdRule.Quantile(0.5).Resolve(scores, [2, 1.5 + 1e-9, 0.5]), 1e-8);
        Assert.Equal(3, ThresholdRule.Quantile(0.5).Resolve(scores, [2, 1.5 - 1e-9, 0.5]), 1e-8);
        // At most half of the weight, 2 of 4, lies above 2.
        Assert.Equal(2, ThresholdRule.Contamination(0.5).Resolve(scores, weights));
        Assert.Equal(4, ThresholdRule.Contamination(0.49).Resolve(scores, weights));
    }

    [Fact]
    public void Weights_that_cannot_be_used_are_refused_by_row_and_value()
    {
        var rule = ThresholdRule.Quantile(0.5);
        Assert.Contains("Row 1 has the weight NaN", Refused(rule, [1, double.NaN, 1]), StringComparison.Ordinal);
        Assert.Contains("Row 2 has the weight -1", Refused(rule, [1, 0, -1]), StringComparison.Ordinal);
        Assert.Contains("Row 0 has the weight Infinity", Refused(rule, [double.PositiveInfinity, 0, 1]), StringComparison.Ordinal);
        Assert.Contains("All 3 weights are 0", Refused(rule, [0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("2 weights for 3 scores", Refused(rule, [1, 2]), StringComparison.Ordinal);
        Assert.Contains("add up to infinity", Refused(rule, [double.MaxValue, double.MaxValue, 1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_exchangeable_rows_refuse_weights_and_say_why()
    {
        var calibrator = Assert.IsAssignableFrom<TailCalibrator>(ScoreCalibration.Rank().Fit([1, 2, 3]));
        foreach (var rule in (ThresholdRule[])[ThresholdRule.FalsePositiveRate(0.1), ThresholdRule.FalseDiscoveryRate(0.1, calibrator)])
        {
            Assert.False(rule.AcceptsWeights);
            string message = Refused(rule, [1, 2, 1]);
            Assert.Contains(rule.ToString(), message, StringComparison.Ordinal);
            Assert.Contains("each count once", message, StringComparison.Ordinal);
            Assert.Equal(rule.Resolve([1, 3]), rule.Resolve([1, 2, 3], [1, 0, 1]));
        }
    }

    [Fact]
    public void A_rule_of_someone_else_refuses_weights_unless_it_knows_them()
    {
        var rule = new GreatestRule();
        Assert.False(rule.AcceptsWeights);
        Assert.Contains("greatest", Refused(rule, [1, 2, 1]), StringComparison.Ordinal);
        Assert.Equal(3, rule.Resolve([1, 2, 3], [1, 0, 1]));
        Assert.True(new GreatestRule { Looks = false }.AcceptsWeights);
    }

    private static string Refused(ThresholdRule rule, double[] weights) =>
        Assert.Throws<ArgumentException>(() => rule.Resolve([1, 2, 3], weights)).Message;

    private static bool Agree(double expected, double actual) =>
        expected == actual || Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected));

    private sealed record GreatestRule : ThresholdRule
    {
        public bool Looks { get; init; } = true;

        public override bool NeedsScores => Looks;

        public override string ToString() => "greatest";

        protected override double ResolveFrom(Span<float> scores)
        {
            scores.Sort();
            return scores.IsEmpty ? 0 : scores[^1];
        }
    }
}
