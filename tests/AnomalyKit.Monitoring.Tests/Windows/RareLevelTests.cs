using AnomalyKit.Monitoring.Statistics;
using AnomalyKit.Numerics;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>Levels that are rare in both windows are tested exactly: the limit of χ² would make much of a single row.</summary>
public class RareLevelTests
{
    [Theory]
    // fisher_exact of SciPy 1.10.1; χ² gave 2e-61 for the first.
    [InlineData(8192, 0, 29, 1, 0.0036487472634395522)]
    [InlineData(8190, 2, 27, 3, 4.362754197007004e-07)]
    [InlineData(500, 4, 40, 0, 1.0)]
    public void One_rare_level_has_the_p_value_of_Fisher(int commonBefore, int rareBefore, int commonNow, int rareNow, double expected)
    {
        var drift = Drift([commonBefore, rareBefore], [commonNow, rareNow]);
        Assert.Equal(expected, drift.PValue, 1e-9 * expected);
    }

    [Fact]
    public void Rare_levels_beside_others_are_tested_on_their_own()
    {
        // 2 · the smaller of fisher_exact([[2, 8190], [3, 57]]) and chi2_contingency([[4000, 4190], [20, 37]], correction=False).
        Assert.Equal(7.234840192783639e-06, Drift([4000, 4190, 2], [20, 37, 3]).PValue, 1e-9 * 7.234840192783639e-06);
        // The rest decides.
        Assert.Equal(1.3525749487155863e-06, Drift([4000, 4190, 2], [10, 50, 0]).PValue, 1e-9 * 1.3525749487155863e-06);
    }

    [Fact]
    public void A_new_level_is_not_hidden_in_a_frequent_one()
    {
        // 3 % of 1,000 rows have a level that 8,192 rows before had not.
        var drift = Drift([5000, 3192, 0], [592, 378, 30]);
        Assert.True(drift is { IsDrifted: true, PValue: < 1e-25, Effect: > 0.1 }, drift.ToString());
    }

    [Fact]
    public void Rare_levels_keep_the_level()
    {
        // Rows of one distribution, of which 1.5 % have a rare level: 0.6 of a window.
        var random = new CounterRandom(5);
        double[] levels = [0.01, 0.001];
        int[] rejected = new int[levels.Length];
        const int Rounds = 4000;
        for (int round = 0; round < Rounds; round++)
        {
            int[] before = new int[3];
            int[] now = new int[3];
            for (int i = 0; i < 640; i++)
            {
                double place = random.NextDouble();
                (i < 600 ? before : now)[place < 0.55 ? 0 : place < 0.985 ? 1 : 2]++;
            }

            double p = Math.Exp(Homogeneity.Test(Array.ConvertAll(before, count => (double)count), Array.ConvertAll(now, count => (double)count)).LogPValue);
            for (int i = 0; i < levels.Length; i++)
                rejected[i] += p <= levels[i] ? 1 : 0;
        }

        Assert.InRange(rejected[0], 0, 0.01 * Rounds);
        Assert.InRange(rejected[1], 0, 0.001 * Rounds * 2);
    }

    private static ColumnDrift Drift(int[] before, int[] now)
    {
        var profile = ReferenceProfile.Of(Words([.. before.Select(_ => 1)]));
        var (a, b) = (new DriftWindow(profile, seed: 1), new DriftWindow(profile, seed: 2));
        a.Add(Words(before));
        b.Add(Words(now));
        return DriftComparison.Compare(a, b).Columns[0];
    }

    private static FeatureTable Words(int[] counts) => new(CategoryColumn.FromWords("w", counts.SelectMany((count, level) => Enumerable.Repeat($"level {level}", count))));
}
