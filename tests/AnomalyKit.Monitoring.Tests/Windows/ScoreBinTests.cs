namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>Where a few scores are very much higher than the others, the bins of scores grow with them, so that the bulk can be told apart.</summary>
public class ScoreBinTests
{
    [Fact]
    public void Scores_with_a_long_tail_do_not_lie_in_one_bin()
    {
        var comparison = Compare(LongTailed(4000, 1), LongTailed(2000, 2));
        var scores = comparison.Scores!.Histogram!;
        Assert.True(scores.IsLogarithmic);
        Assert.Equal(scores.Edges.Order(), scores.Edges);
        Assert.InRange(scores.Edges[^1] / scores.Edges[12], 10, 1000);
        foreach (var fractions in (IReadOnlyList<double>[])[scores.Reference, scores.Current])
        {
            Assert.Equal(1, fractions.Sum(), 1e-9);
            Assert.InRange(fractions.Max(), 0.05, 0.5);
            // The few have a place of their own, away from the bulk.
            Assert.InRange(fractions.Skip(16).Sum(), 0.003, 0.008);
            Assert.InRange(fractions.Skip(9).Take(6).Sum(), 0, 0.002);
        }

        Assert.Contains("score (logarithmic)", new DriftReport(comparison).ToHtml(), StringComparison.Ordinal);
        // The same numbers as a column keep bins of one width, and nothing is said of logarithms.
        var column = comparison["x"].Histogram!;
        Assert.False(column.IsLogarithmic);
        Assert.Equal(column.Edges[1] - column.Edges[0], column.Edges[^1] - column.Edges[^2], 1e-6);
    }

    [Fact]
    public void Other_scores_have_bins_of_one_width()
    {
        var comparison = Compare(WindowTrapTests.Normal(4000, 1, 0), WindowTrapTests.Normal(2000, 2, 0.5));
        var scores = comparison.Scores!.Histogram!;
        Assert.False(scores.IsLogarithmic);
        Assert.Equal(scores.Edges[1] - scores.Edges[0], scores.Edges[^1] - scores.Edges[^2], 1e-9);
        Assert.DoesNotContain("logarithmic", new DriftReport(comparison).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Current_scores_far_above_those_of_the_reference_leave_both_to_be_seen()
    {
        float[] before = WindowTrapTests.Normal(4000, 1, 5);
        var scores = Compare(before, [.. WindowTrapTests.Normal(2000, 2, 5).Select(score => 1000 * score)]).Scores!.Histogram!;
        Assert.True(scores.IsLogarithmic);
        Assert.InRange(scores.Reference.Count(fraction => fraction > 0.01), 4, 24);
    }

    [Fact]
    public void Scores_that_are_all_alike_still_have_bins() => Assert.False(Compare([.. Enumerable.Repeat(3f, 100)], [.. Enumerable.Repeat(3f, 100)]).Scores!.Histogram!.IsLogarithmic);

    private static DriftComparison Compare(float[] reference, float[] current)
    {
        var profile = ReferenceProfile.Of(new FeatureTable(new SingleColumn("x", reference))).WithScores(reference, 100);
        var window = new DriftWindow(profile);
        window.Add(new FeatureTable(new SingleColumn("x", current)));
        window.AddScores(current);
        return DriftComparison.Compare(profile, window);
    }

    /// <summary>About 1, and one in 200 a thousand times as much.</summary>
    private static float[] LongTailed(int count, ulong stream) => [.. WindowTrapTests.Normal(count, stream, 0).Select((z, row) => MathF.Exp(z / 2) * (row % 200 == 7 ? 1000 : 1))];
}
