using FsCheck.Xunit;

namespace AnomalyKit.Ensemble.Tests;

/// <summary>Each way to combine gives what its definition says, by hand and as laws.</summary>
public sealed class CombinerTests
{
    private static readonly ScoreCombiner[] All =
    [
        ScoreCombiner.Mean, ScoreCombiner.Maximum, ScoreCombiner.Median, ScoreCombiner.TrimmedMean(), ScoreCombiner.AverageOfMaximum(2), ScoreCombiner.MaximumOfAverage(2),
    ];

    [Theory]
    [InlineData("mean", 3)]
    [InlineData("maximum", 10)]
    [InlineData("median", 1)]
    [InlineData("trimmed", 5.0 / 3)]
    public void Five_members_are_combined_as_by_hand(string name, double expected) =>
        Assert.Equal(expected, Combined(Named(name), [1, 10, 0, 1, 3], [1, 1, 1, 1, 1]), 1e-12);

    [Theory]
    [InlineData("mean", 5.6)]
    [InlineData("maximum", 10)]
    [InlineData("median", 10)]
    public void Weights_count(string name, double expected) =>
        // 0.2 · 1 + 0.5 · 10 + 0.1 · 0 + 0.1 · 1 + 0.1 · 3; more than half of the weight lies at 10 when a little is added to it.
        Assert.Equal(expected, Combined(Named(name), [1, 10, 0, 1, 3], [0.2, name == "median" ? 0.6 : 0.5, 0.1, 0.1, 0.1]), 1e-12);

    [Fact]
    public void An_even_number_of_equal_members_has_the_middle_of_two_as_its_median() =>
        Assert.Equal(2.5, Combined(ScoreCombiner.Median, [4, 1, 2, 3], [1, 1, 1, 1]), 1e-12);

    [Fact]
    public void A_member_without_weight_is_no_part_of_the_median()
    {
        Assert.Equal(5, Combined(ScoreCombiner.Median, [0, 1, 10], [0.5, 0, 0.5]), 1e-12);
        Assert.Equal(5, Combined(ScoreCombiner.Median, [10, 2, 0, 1], [0.5, 0, 0.5, 0]), 1e-12);
        Assert.Equal(3, Combined(ScoreCombiner.Median, [3, 4], [1, 0]), 1e-12);
    }

    [Fact]
    public void Groups_are_combined_as_by_definition()
    {
        double[] scores = [1, 10, 0, 4, 3, 7];
        double[] weights = [1, 1, 1, 1, 1, 1];
        // One group: the maximum of all, and their mean. As many groups as members: the other way round.
        Assert.Equal(10, Combined(ScoreCombiner.AverageOfMaximum(1), scores, weights), 1e-12);
        Assert.Equal(25 / 6.0, Combined(ScoreCombiner.MaximumOfAverage(1), scores, weights), 1e-12);
        Assert.Equal(25 / 6.0, Combined(ScoreCombiner.AverageOfMaximum(6), scores, weights), 1e-12);
        Assert.Equal(10, Combined(ScoreCombiner.MaximumOfAverage(100), scores, weights), 1e-12);
        // Three groups of two: every pairing's figure is one of those that can be.
        for (ulong seed = 0; seed < 20; seed++)
        {
            double average = Combined(ScoreCombiner.AverageOfMaximum(3, seed), scores, weights);
            Assert.InRange(average, (10 + 3 + 1) / 3.0 - 1e-12, (10 + 7 + 4) / 3.0 + 1e-12);
            Assert.InRange(Combined(ScoreCombiner.MaximumOfAverage(3, seed), scores, weights), 5, 8.5);
        }
    }

    [Property]
    public void A_combination_lies_between_the_least_and_the_greatest_score(int[] values, byte shape)
    {
        double[] scores = [.. (values ?? []).Select(value => value / 7.0), 1];
        double[] weights = [.. scores.Select((_, i) => 1.0 + ((i * shape) % 5))];
        foreach (var combiner in All)
            Assert.InRange(Combined(combiner, scores, weights), scores.Min() - 1e-9, scores.Max() + 1e-9);
    }

    [Property]
    public void A_higher_score_of_a_member_never_lowers_the_combination(int[] values, byte member, byte more)
    {
        double[] scores = [.. (values ?? []).Select(value => value / 7.0), 1];
        double[] higher = [.. scores];
        higher[member % higher.Length] += more;
        double[] weights = [.. scores.Select((_, i) => 1.0 + (i % 3))];
        foreach (var combiner in All)
            Assert.True(Combined(combiner, higher, weights) >= Combined(combiner, scores, weights) - 1e-9, combiner.ToString());
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (double share in (double[])[0, 0.5, -1, double.NaN])
            Assert.Equal(share, Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCombiner.TrimmedMean(share)).ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCombiner.AverageOfMaximum(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCombiner.MaximumOfAverage(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemberWeighting.TailAgreement(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemberWeighting.TailAgreement(0.6));
        foreach (double power in (double[])[0, -1, 101, double.NaN])
            Assert.Throws<ArgumentOutOfRangeException>(() => MemberWeighting.TailAgreement(0.05, power));
    }

    private static ScoreCombiner Named(string name) => name switch
    {
        "mean" => ScoreCombiner.Mean,
        "maximum" => ScoreCombiner.Maximum,
        "median" => ScoreCombiner.Median,
        _ => ScoreCombiner.TrimmedMean(0.2),
    };

    private static double Combined(ScoreCombiner combiner, double[] scores, double[] weights)
    {
        double total = weights.Sum();
        return combiner.For([.. weights.Select(weight => weight / total)]).Combine([.. scores], new double[scores.Length]);
    }
}
