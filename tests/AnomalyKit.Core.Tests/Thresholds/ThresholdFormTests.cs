using System.Globalization;

namespace AnomalyKit.Core.Tests.Thresholds;

/// <summary>How rules are written as text, what they refuse, and what they say then.</summary>
public class ThresholdFormTests
{
    private static readonly (string Text, ThresholdRule Rule)[] Written =
    [
        ("contamination:0.002", ThresholdRule.Contamination(0.002)), ("quantile:0.99", ThresholdRule.Quantile(0.99)), ("mad:3", ThresholdRule.MedianAbsoluteDeviation(3)),
        ("iqr:2", ThresholdRule.InterquartileRange(2)), ("pareto:0.001,0.05", ThresholdRule.ParetoTail(0.001, 0.05)), ("widest-gap:0.01,2", ThresholdRule.WidestGap(0.01, 2)),
        ("knee", ThresholdRule.Knee()), ("false-positive-rate:0.05", ThresholdRule.FalsePositiveRate(0.05)), ("fixed:0.7", ThresholdRule.Fixed(0.7)),
    ];

    private static readonly TailCalibrator Calibrator = Assert.IsAssignableFrom<TailCalibrator>(ScoreCalibration.Rank().Fit([1, 2, 3, 4]));

    public static TheoryData<int> Forms => [.. Enumerable.Range(0, Written.Length)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_text_and_its_rule_become_each_other(int index)
    {
        var (text, rule) = Written[index];
        Assert.Equal(rule, ThresholdRule.Parse(text));
        Assert.Equal(text, rule.ToText());
    }

    [Fact]
    public void Texts_leave_out_what_has_a_default()
    {
        Assert.Equal(ThresholdRule.MedianAbsoluteDeviation(), ThresholdRule.Parse("mad"));
        Assert.Equal(ThresholdRule.InterquartileRange(), ThresholdRule.Parse("iqr"));
        Assert.Equal(ThresholdRule.ParetoTail(), ThresholdRule.Parse("pareto"));
        Assert.Equal(ThresholdRule.WidestGap(0.02), ThresholdRule.Parse("widest-gap:0.02"));
    }

    [Fact]
    public void The_forms_are_listed_and_named_where_a_text_is_none_of_them()
    {
        Assert.Equal(
            [
                "contamination:FRACTION", "quantile:PROBABILITY", "mad[:DEVIATIONS]", "iqr[:RANGES]", "pareto[:RISK[,TAIL-FRACTION]]", "widest-gap:FRACTION[,FACTOR]", "knee",
                "false-positive-rate:RATE", "fixed:SCORE",
            ],
            ThresholdRule.TextForms);
        string message = Assert.Throws<FormatException>(() => ThresholdRule.Parse("elbow")).Message;
        Assert.Contains("threshold rule", message, StringComparison.Ordinal);
        Assert.All(ThresholdRule.TextForms, form => Assert.Contains(form, message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_out_of_range_is_refused_with_the_range()
    {
        Refuses("fraction", "between 0 and 0.5", value => ThresholdRule.Contamination(value), -1e-9, 0.5000001, double.NaN);
        Refuses("probability", "between 0 and 1", value => ThresholdRule.Quantile(value), -1e-9, 1.0000001, double.NaN);
        Refuses("deviations", "finite number", value => ThresholdRule.MedianAbsoluteDeviation(value), double.NaN, double.PositiveInfinity);
        Refuses("ranges", "finite", value => ThresholdRule.InterquartileRange(value), double.NaN, double.PositiveInfinity);
        Refuses("tailFraction", "above 0 and at most 0.5", value => ThresholdRule.ParetoTail(1e-3, value), 0, -0.1, 0.5000001, double.NaN);
        Refuses("risk", "below the fraction of the tail, 0.02", value => ThresholdRule.ParetoTail(value, 0.02), 0, -0.1, 0.02, double.NaN);
        Refuses("fraction", "above 0 and at most 0.5", value => ThresholdRule.WidestGap(value), 0, -0.1, 0.5000001, double.NaN);
        Refuses("factor", "at least 1", value => ThresholdRule.WidestGap(0.1, value), 0.999, double.PositiveInfinity, double.NaN);
        Refuses("rate", "above 0 and below 1", value => ThresholdRule.FalsePositiveRate(value), 0, 1, double.NaN);
        Refuses("level", "above 0 and below 1", value => ThresholdRule.FalseDiscoveryRate(value, Calibrator), 0, 1, -1, 2, double.NaN);
        Refuses("threshold", "must be a number", value => ThresholdRule.Fixed(value), double.NaN);
        Assert.NotNull(ThresholdRule.ParetoTail(0.01, 0.5));
        Assert.NotNull(ThresholdRule.WidestGap(0.5, 1));
        Assert.NotNull(ThresholdRule.Contamination(0.5));
    }

    [Fact]
    public void Scores_that_cannot_be_used_are_refused_with_and_without_weights()
    {
        foreach (var rule in (ThresholdRule[])[ThresholdRule.Quantile(0.5), ThresholdRule.Knee()])
        {
            Assert.Contains($"'{rule}' needs at least one score", Assert.Throws<ArgumentException>(() => rule.Resolve([])).Message, StringComparison.Ordinal);
            Assert.Contains("Score 1 is NaN", Assert.Throws<ArgumentException>(() => rule.Resolve([1, float.NaN])).Message, StringComparison.Ordinal);
            Assert.Contains("Score 1 is NaN", Assert.Throws<ArgumentException>(() => rule.Resolve([1, float.NaN], [2, 3])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_rule_of_ones_own_says_why_it_takes_no_weights()
    {
        Assert.Equal(7, new OneRule().Resolve([1, 2], [1, 0]));
        Assert.Contains("no rule for scores that do not all count once", Assert.Throws<ArgumentException>(() => new OneRule().Resolve([1, 2], [2, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("does not override ResolveFrom", Assert.Throws<NotSupportedException>(() => new HastyRule().Resolve([1, 2], [2, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinite_scores_give_a_threshold_with_weights_too()
    {
        const float Infinite = float.PositiveInfinity;
        Assert.Equal(Infinite, ThresholdRule.InterquartileRange().Resolve([Infinite, Infinite, 1], [3, 3, 1]));
        Assert.Equal(Infinite, ThresholdRule.InterquartileRange().Resolve([Infinite, Infinite, Infinite]));
        Assert.Equal(Infinite, ThresholdRule.Knee().Resolve([0, 1, 2, Infinite]));
        Assert.Equal(Infinite, ThresholdRule.Knee().Resolve([0, 1, Infinite], [2, 1, 1]));
        Assert.Equal(2, ThresholdRule.Knee().Resolve([0, 1, 2], [0.2, 0.3, 0.2]));
        Assert.Equal(Infinite, ThresholdRule.ParetoTail(0.01, 0.3).Resolve([1, 2, 3, 4, 5, 6, 7, Infinite], [2, 2, 2, 2, 2, 2, 2, 2]));
        Assert.Equal(1, ThresholdRule.ParetoTail(0.01, 0.3).Resolve([1, 1, 1, 1], [2, 2, 2, 2]));
        Assert.Equal(9, ThresholdRule.ParetoTail(0.01, 0.3).Resolve([-Infinite, -Infinite, -Infinite, -Infinite, -Infinite, 9], [2, 2, 2, 2, 2, 0.5]));
    }

    private static void Refuses(string parameter, string words, Func<double, ThresholdRule> rule, params double[] values)
    {
        foreach (double value in values)
        {
            var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => rule(value));
            Assert.Equal(parameter, thrown.ParamName);
            Assert.Equal(value, thrown.ActualValue);
            Assert.True(thrown.Message.Contains(words, StringComparison.Ordinal), string.Create(CultureInfo.InvariantCulture, $"{value}: {thrown.Message}"));
        }
    }

    private record OneRule : ThresholdRule
    {
        public override bool NeedsScores => true;

        protected override double ResolveFrom(Span<float> scores) => 7;
    }

    private sealed record HastyRule : OneRule
    {
        public override bool AcceptsWeights => true;
    }
}
