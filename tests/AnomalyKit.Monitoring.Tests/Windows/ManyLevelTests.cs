using AnomalyKit.Numerics;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>A column of more levels than a profile lists, or than its rows have: what chance makes frequent among the rows of the fit is no drift in others.</summary>
public class ManyLevelTests
{
    private const int Rounds = 100;

    [Theory]
    // Levels, their k-th as frequent as 1 / k^exponent, rows of the profile and of the window.
    [InlineData(600, 0.0, 8_192, 5_000)]
    [InlineData(600, 1.0, 8_192, 20_000)]
    [InlineData(100_000, 1.0, 8_192, 5_000)]
    [InlineData(2_000, 0.7, 1_000, 300)]
    [InlineData(10_000, 0.0, 8_192, 20_000)]
    [InlineData(300, 0.0, 400, 5_000)]
    [InlineData(100, 0.0, 8_192, 5_000)]
    public void Rows_of_one_distribution_do_not_drift(int levels, double exponent, int profileRows, int windowRows)
    {
        var random = new CounterRandom(11);
        var shares = Shares(levels, exponent);
        int significant = 0;
        int drifted = 0;
        double effects = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var drift = Drift(Draw(ref random, shares, profileRows, "w" + round), Draw(ref random, shares, windowRows, "w" + round));
            drifted += drift.IsDrifted ? 1 : 0;
            significant += drift.PValue <= 0.01 ? 1 : 0;
            effects += drift.Effect;
        }

        // A test at 1 % finds one of them. It found up to all where levels were listed by their counts alone.
        Assert.InRange(significant, 0, 5);
        Assert.InRange(drifted, 0, 1);
        Assert.InRange(effects / Rounds, 0, 0.04);
    }

    [Theory]
    // Levels, and rows of which some are the only ones of their level.
    [InlineData(50, 50)]
    [InlineData(246, 600)]
    [InlineData(130, 500)]
    [InlineData(201, 1_000)]
    [InlineData(600, 8_192)]
    public void Rows_compared_with_themselves_do_not_drift(int levels, int rows)
    {
        var random = new CounterRandom(14);
        string[] words = levels == rows ? [.. Enumerable.Range(0, rows).Select(row => "w" + row)] : Draw(ref random, Shares(levels, 0), rows, "w");
        var drift = Drift(words, words);
        Assert.Equal((DriftStatus.Stable, 1.0, 0.0), (drift.Status, drift.PValue, drift.Effect));
        Assert.False(drift.IsSmallChange);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void Levels_that_are_new_drift(double share)
    {
        var random = new CounterRandom(12);
        var shares = Shares(600, 0);
        int windowRows = 5_000;
        string[] now = Draw(ref random, shares, windowRows, "w");
        for (int row = 0; row < share * windowRows; row++)
            now[row] = "new" + (row % 40);
        Assert.True(Drift(Draw(ref random, shares, 8_192, "w"), now).IsDrifted);
    }

    [Fact]
    public void New_levels_beyond_those_that_are_to_be_expected_drift()
    {
        // About a quarter of the levels does not occur in 400 rows: as many new ones are to be expected, but not twice as many.
        var random = new CounterRandom(15);
        string[] before = Draw(ref random, Shares(300, 0), 400, "w");
        Assert.False(Drift(before, Draw(ref random, Shares(300, 0), 5_000, "w")).IsDrifted);
        string[] now = Draw(ref random, Shares(300, 0), 5_000, "w");
        for (int row = 0; row < 2_000; row++)
            now[row] = "new" + (row % 300);
        var drift = Drift(before, now);
        Assert.True(drift is { IsDrifted: true, Effect: > 0.1 }, drift.ToString());
    }

    [Fact]
    public void One_level_of_many_that_becomes_frequent_drifts()
    {
        var random = new CounterRandom(13);
        var shares = Shares(600, 0);
        string[] now = Draw(ref random, shares, 5_000, "w");
        Array.Fill(now, "w7", 0, 300);
        var drift = Drift(Draw(ref random, shares, 8_192, "w"), now);
        Assert.True(drift.IsDrifted, drift.ToString());
    }

    private static ColumnDrift Drift(string[] before, string[] now)
    {
        var table = new FeatureTable(CategoryColumn.FromWords("place", before));
        var profile = ReferenceProfile.Of(table);
        var window = new DriftWindow(profile);
        window.Add(new FeatureTable(CategoryColumn.FromWords("place", now)));
        return DriftComparison.Compare(profile, window)["place"];
    }

    /// <summary>The shares of the levels, added up.</summary>
    private static double[] Shares(int levels, double exponent)
    {
        double[] sums = new double[levels];
        double sum = 0;
        for (int level = 0; level < levels; level++)
            sums[level] = sum += Math.Pow(level + 1, -exponent);
        return Array.ConvertAll(sums, value => value / sum);
    }

    private static string[] Draw(ref CounterRandom random, double[] shares, int rows, string prefix)
    {
        var words = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            int index = Array.BinarySearch(shares, random.NextDouble());
            words[row] = prefix + Math.Min(index >= 0 ? index : ~index, shares.Length - 1);
        }

        return words;
    }
}
