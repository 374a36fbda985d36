using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Thresholds;

public class ThresholdRuleTests
{
    private static readonly float[] Scores = [0.5f, 0.25f, 0.75f, 0.125f, 0.875f, 0.625f, 0.375f, 0.5f, 0.9375f, 0.0625f];

    // python3 -c "import numpy as np; x=np.array([.5,.25,.75,.125,.875,.625,.375,.5,.9375,.0625]); print([np.quantile(x,p) for p in (0,.01,.1,1/3,.5,.75,.9,.99,1)])"
    // with NumPy 1.24.2
    [Theory]
    [InlineData(0, 0.0625)]
    [InlineData(0.01, 0.068125)]
    [InlineData(0.1, 0.11875)]
    [InlineData(1.0 / 3, 0.375)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.75, 0.71875)]
    [InlineData(0.9, 0.88125)]
    [InlineData(0.99, 0.931875)]
    [InlineData(1, 0.9375)]
    public void Quantile_agrees_with_numpy(double probability, double expected) =>
        Assert.Equal(expected, ThresholdRule.Quantile(probability).Resolve(Scores), 1e-15);

    // python3 -c "import numpy as np; x=np.array([…]); m=np.median(x); print(m+3.5*1.4826*np.median(abs(x-m)))"
    [Fact]
    public void Median_absolute_deviation_agrees_with_numpy() =>
        Assert.Equal(1.797275, ThresholdRule.MedianAbsoluteDeviation().Resolve(Scores), 1e-12);

    [Fact]
    public void Median_absolute_deviation_of_mostly_equal_scores_falls_back_to_the_mean()
    {
        // Median 1, MAD 0, mean absolute deviation (0 · 8 + 4 + 6) / 10 = 1.
        float[] scores = [1, 1, 1, 1, 5, 1, 1, 7, 1, 1];
        Assert.Equal(1 + (2 * 1.2533), ThresholdRule.MedianAbsoluteDeviation(2).Resolve(scores), 1e-12);
        Assert.Equal(3, ThresholdRule.MedianAbsoluteDeviation().Resolve([3, 3, 3]));
    }

    [Theory]
    [InlineData(0, 0.9375f)]
    [InlineData(0.1, 0.875f)]
    [InlineData(0.19, 0.875f)]
    [InlineData(0.2, 0.75f)]
    [InlineData(0.5, 0.5f)]
    public void Contamination_is_the_largest_score_that_is_not_flagged(double share, float expected) =>
        Assert.Equal(expected, ThresholdRule.Contamination(share).Resolve(Scores));

    [Fact]
    public void Contamination_of_an_exact_share_is_not_rounded_down()
    {
        // Some of k / n · n round to just below k in double.
        float[] scores = [.. Enumerable.Range(0, 284_807).Select(i => (float)i)];
        foreach (int anomalies in (int[])[85, 147, 170, 189, 231, 294, 492])
        {
            double threshold = ThresholdRule.Contamination(anomalies / 284_807.0).Resolve(scores);
            Assert.Equal(anomalies, scores.Count(score => score > threshold));
        }
    }

    [Property]
    public bool Contamination_never_flags_more_than_its_fraction_or_one(float[] scores, byte percent)
    {
        scores = [.. (scores ?? []).Select(score => float.IsNaN(score) ? 0 : score), 1];
        double fraction = percent % 51 / 100.0;
        double threshold = ThresholdRule.Contamination(fraction).Resolve(scores);
        return scores.Count(score => score > threshold) <= (fraction > 0 ? Math.Max(1, fraction * scores.Length) : 0);
    }

    [Property]
    public void No_rule_gives_nan(float[] scores)
    {
        scores = [.. (scores ?? []).Select(score => float.IsNaN(score) ? 0 : score), 1];
        foreach (var rule in (ThresholdRule[])[ThresholdRule.Knee(), ThresholdRule.InterquartileRange(), ThresholdRule.ParetoTail(), ThresholdRule.FalsePositiveRate(0.1), ThresholdRule.WidestGap(0.1)])
            Assert.False(double.IsNaN(rule.Resolve(scores)), $"{rule}: {string.Join(' ', scores)}");
    }

    [Property]
    public bool Rules_leave_the_scores_as_they_were(float[] scores)
    {
        scores = [.. (scores ?? []).Where(float.IsFinite), 2, 1];
        float[] before = [.. scores];
        foreach (var rule in (ThresholdRule[])[ThresholdRule.Contamination(0.1), ThresholdRule.Quantile(0.3), ThresholdRule.MedianAbsoluteDeviation(), ThresholdRule.Fixed(1), ThresholdRule.Knee(),
            ThresholdRule.InterquartileRange(), ThresholdRule.ParetoTail(), ThresholdRule.FalsePositiveRate(0.1), ThresholdRule.WidestGap(0.1)])
            rule.Resolve(scores);
        return before.AsSpan().SequenceEqual(scores);
    }

    [Fact]
    public void Interquartile_range_agrees_with_numpy() =>
        // q1, q3 = np.quantile(x, [.25, .75]); q3 + 1.5 * (q3 - q1)
        Assert.Equal(1.375, ThresholdRule.InterquartileRange().Resolve(Scores), 1e-12);

    [Fact]
    public void A_pareto_tail_extrapolates_to_risks_that_the_scores_do_not_show()
    {
        // Exponential scores: the score of risk q is -ln q.
        var random = new AnomalyKit.Numerics.CounterRandom(5);
        float[] scores = [.. Enumerable.Range(0, 50_000).Select(_ => (float)-Math.Log(1 - random.NextDouble()))];
        Assert.Equal(-Math.Log(1e-3), ThresholdRule.ParetoTail().Resolve(scores), 0.3);
        Assert.Equal(-Math.Log(1e-6), ThresholdRule.ParetoTail(1e-6, 0.05).Resolve(scores), 2.5);
        Assert.Equal(3, ThresholdRule.ParetoTail().Resolve([3, 3, 3, 3]));
        Assert.Equal(3, ThresholdRule.ParetoTail().Resolve([3]));
    }

    [Fact]
    public void The_knee_lies_where_steep_scores_level_off()
    {
        // 990 scores of 0 to 1, then ten from 5 on: the knee is the last of the flat part.
        float[] scores = [.. Enumerable.Range(0, 990).Select(i => i / 990f), .. Enumerable.Range(0, 10).Select(i => 5f + i)];
        new Random(1).Shuffle(scores);
        Assert.Equal(989 / 990f, ThresholdRule.Knee().Resolve(scores));
        Assert.Equal(2, ThresholdRule.Knee().Resolve([2, 2, 2]));
        Assert.Equal(2, ThresholdRule.Knee().Resolve([1, 2]));
    }

    [Theory]
    [InlineData(0.02, 484.5)]
    [InlineData(0.03, 477)]
    [InlineData(0.04, 469.5)]
    public void The_widest_gap_is_found_though_the_share_is_off(double share, double rankOfMiddle)
    {
        // 970 scores of 0 to 1, thirty from 3 to 4. At most 1.5 times the share of the thousand are flagged; distances are from the middle of the others.
        float[] scores = [.. Enumerable.Range(0, 970).Select(i => i / 969f), .. Enumerable.Range(0, 30).Select(i => 3 + (i / 29f))];
        new Random(1).Shuffle(scores);
        double middle = rankOfMiddle / 969;
        Assert.Equal(middle + Math.Sqrt((1 - middle) * (3 - middle)), ThresholdRule.WidestGap(share).Resolve(scores), 1e-6);
        // In other units the same rows are flagged.
        double threshold = ThresholdRule.WidestGap(share).Resolve([.. scores.Select(score => (score * 100) - 7)]);
        Assert.Equal(30, scores.Count(score => (score * 100) - 7 > threshold));
    }

    [Theory]
    [InlineData(0.07)]
    [InlineData(0.29)]
    [InlineData(0.34)]
    [InlineData(0.4)]
    [InlineData(0.5)]
    public void Two_groups_are_told_apart_at_any_share(double share)
    {
        var random = new Random(7);
        foreach (int count in (int[])[100, 1000])
        {
            int anomalies = (int)Math.Round(share * count);
            float[] scores = [.. Enumerable.Range(0, count).Select(i => (float)((i < anomalies ? 50 : 0) + (2 * random.NextDouble())))];
            foreach (double factor in (double[])[1, 1.5, 2, 1e300])
            {
                double threshold = ThresholdRule.WidestGap(share, factor).Resolve(scores);
                Assert.Equal(anomalies, scores.Count(score => score > threshold));
            }
        }
    }

    [Fact]
    public void Rounding_does_not_carry_the_threshold_out_of_its_gap()
    {
        float[] one = [-0.76328826f, -0.5009631f, -8.9376797E-13f, 2.3000805E-37f, 6.869243E-29f];
        double threshold = ThresholdRule.WidestGap(0.25, 1.2).Resolve(one);
        Assert.Equal(1, one.Count(score => score > threshold));
        float[] other = [-0.54844f, -0.43817833f, -1.9394173E-17f, -1.2489847E-21f];
        threshold = ThresholdRule.WidestGap(0.25, 1).Resolve(other);
        Assert.Equal(1, other.Count(score => score > threshold));
    }

    [Fact]
    public void Without_a_gap_in_reach_the_share_decides_or_what_stands_above_the_many()
    {
        float[] equal = [.. Enumerable.Repeat(2f, 100)];
        Assert.Equal(2, ThresholdRule.WidestGap(0.1).Resolve(equal));
        Assert.Equal(2, ThresholdRule.WidestGap(0.5).Resolve([2]));
        // Votes: most rows have none.
        Assert.Equal(0, ThresholdRule.WidestGap(0.1, 2).Resolve([.. Enumerable.Repeat(0f, 90), .. Enumerable.Repeat(3f, 10)]));
        // Two groups of ten above the many, of which the share means the upper one: with a factor of 1 nothing else is looked at.
        float[] groups = [.. Enumerable.Range(0, 80).Select(i => i / 80f), .. Enumerable.Repeat(5f, 10), .. Enumerable.Repeat(6f, 10)];
        Assert.InRange(ThresholdRule.WidestGap(0.1, 1).Resolve(groups), 5.1, 5.9);
        Assert.InRange(ThresholdRule.WidestGap(0.1, 2).Resolve(groups), 1, 4.9);
        Assert.Equal(0, ThresholdRule.WidestGap(0.1).Resolve([.. Enumerable.Range(0, 9).Select(i => i - 8f), float.PositiveInfinity]));
    }

    [Fact]
    public void Bad_gaps_are_refused()
    {
        foreach (double share in (double[])[0, -0.1, 0.51, double.NaN])
            Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.WidestGap(share));
        foreach (double factor in (double[])[0.9, double.NaN, double.PositiveInfinity])
            Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.WidestGap(0.1, factor));
    }

    [Theory]
    [InlineData(0.5, 0.5f)]
    [InlineData(0.1, 0.9375f)]
    [InlineData(0.2, 0.875f)]
    [InlineData(0.09, float.PositiveInfinity)]
    public void The_false_positive_rate_takes_the_finite_sample_quantile(double rate, float expected) =>
        // Of n = 10 scores the ⌈11 (1 − rate)⌉-th.
        Assert.Equal(expected, ThresholdRule.FalsePositiveRate(rate).Resolve(Scores));

    [Fact]
    public void False_discoveries_follow_benjamini_and_hochberg()
    {
        // 99 calibration scores 1 … 99: p(s) = (1 + #{c >= s}) / 100. Of p = .01, .02, .05, .5, .9 at level 0.1 the bounds are .02, .04, .06, .08, .10.
        var calibrator = (TailCalibrator)ScoreCalibration.Conformal().Fit([.. Enumerable.Range(1, 99).Select(i => (float)i)])!;
        float[] batch = [10, 99, 51, 1000, 96];
        Assert.Equal(51, ThresholdRule.FalseDiscoveryRate(0.1, calibrator).Resolve(batch));
        Assert.Equal(1000, ThresholdRule.FalseDiscoveryRate(0.001, calibrator).Resolve(batch));
        Assert.Equal(double.NegativeInfinity, ThresholdRule.FalseDiscoveryRate(0.95, calibrator).Resolve(batch));
    }

    [Fact]
    public void A_fixed_threshold_needs_no_scores()
    {
        Assert.False(ThresholdRule.Fixed(2).NeedsScores);
        Assert.Equal(2, ThresholdRule.Fixed(2).Resolve([]));
        Assert.Equal(double.PositiveInfinity, ThresholdRule.Fixed(double.PositiveInfinity).Resolve([]));
    }

    [Fact]
    public void Infinite_scores_do_not_make_the_threshold_nan()
    {
        float[] scores = [1, 2, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity];
        Assert.Equal(double.PositiveInfinity, ThresholdRule.Quantile(0.9).Resolve(scores));
        Assert.Equal(double.PositiveInfinity, ThresholdRule.Contamination(0.1).Resolve(scores));
        Assert.False(double.IsNaN(ThresholdRule.MedianAbsoluteDeviation().Resolve(scores)));
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_their_value()
    {
        foreach (double bad in (double[])[-0.01, 0.51, double.NaN])
            Assert.Equal(bad, Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.Contamination(bad)).ActualValue);
        foreach (double bad in (double[])[-0.01, 1.01, double.NaN])
            Assert.Equal(bad, Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.Quantile(bad)).ActualValue);
        foreach (double bad in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Equal(bad, Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.MedianAbsoluteDeviation(bad)).ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.Fixed(double.NaN));
        foreach (double bad in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Equal(bad, Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.InterquartileRange(bad)).ActualValue);
        foreach (double bad in (double[])[0, 1, double.NaN])
            Assert.Equal(bad, Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.FalsePositiveRate(bad)).ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.ParetoTail(0.02, 0.02));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRule.ParetoTail(0.001, 0.6));
        Assert.Throws<ArgumentNullException>(() => ThresholdRule.FalseDiscoveryRate(0.1, null!));
    }

    [Fact]
    public void No_scores_and_nan_are_refused()
    {
        foreach (var rule in (ThresholdRule[])[ThresholdRule.Contamination(0.1), ThresholdRule.Quantile(0.5), ThresholdRule.MedianAbsoluteDeviation()])
        {
            Assert.Throws<ArgumentException>(() => rule.Resolve([]));
            Assert.Contains("Score 1", Assert.Throws<ArgumentException>(() => rule.Resolve([1, float.NaN])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rules_say_what_they_are()
    {
        Assert.Equal("contamination 0.01", ThresholdRule.Contamination(0.01).ToString());
        Assert.Equal("quantile 0.9", ThresholdRule.Quantile(0.9).ToString());
        Assert.Equal("3.5 median absolute deviations", ThresholdRule.MedianAbsoluteDeviation().ToString());
        Assert.Equal("fixed 0.5", ThresholdRule.Fixed(0.5).ToString());
    }
}
