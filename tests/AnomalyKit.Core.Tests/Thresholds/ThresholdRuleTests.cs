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
    public bool Contamination_never_flags_more_than_its_share(float[] scores, byte percent)
    {
        scores = [.. (scores ?? []).Select(score => float.IsNaN(score) ? 0 : score), 1];
        double share = percent % 51 / 100.0;
        double threshold = ThresholdRule.Contamination(share).Resolve(scores);
        return scores.Count(score => score > threshold) <= share * scores.Length;
    }

    [Property]
    public bool Rules_leave_the_scores_as_they_were(float[] scores)
    {
        scores = [.. (scores ?? []).Where(float.IsFinite), 2, 1];
        float[] before = [.. scores];
        foreach (var rule in (ThresholdRule[])[ThresholdRule.Contamination(0.1), ThresholdRule.Quantile(0.3), ThresholdRule.MedianAbsoluteDeviation(), ThresholdRule.Fixed(1)])
            rule.Resolve(scores);
        return before.AsSpan().SequenceEqual(scores);
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
