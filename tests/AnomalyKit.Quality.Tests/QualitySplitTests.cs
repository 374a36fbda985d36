namespace AnomalyKit.Quality.Tests;

/// <summary>
/// The same rows as the peers' script draws. Golden numbers by NumPy 1.24 (its legacy generator is frozen):
/// <code>
/// idx = np.random.RandomState(seed).permutation(len(y))[:10000]; ys = y[idx]
/// pos, neg = np.where(ys == 1)[0], np.where(ys == 0)[0]
/// tr = np.concatenate([pos[:int(.7 * len(pos))], neg[:int(.7 * len(neg))]]); te = np.setdiff1d(np.arange(len(ys)), tr)
/// idx[tr], idx[te]
/// </code>
/// </summary>
public class QualitySplitTests
{
    [Theory]
    [InlineData(
        1,
        new[] { 30, 10, 35, 20, 25, 2, 31, 3, 21, 27, 29, 22, 39, 19, 26, 32, 17, 36, 33, 28, 4, 14, 23, 24, 34, 18, 6 },
        new[] { 13, 7, 38, 1, 16, 0, 15, 5, 11, 9, 8, 12, 37 })]
    [InlineData(
        2,
        new[] { 0, 30, 25, 10, 5, 27, 9, 14, 2, 13, 36, 17, 37, 38, 29, 24, 12, 16, 1, 33, 23, 19, 32, 4, 6, 3, 34 },
        new[] { 28, 20, 26, 39, 21, 35, 31, 7, 11, 18, 22, 8, 15 })]
    [InlineData(
        3,
        new[] { 15, 25, 30, 5, 20, 29, 16, 9, 27, 4, 18, 28, 38, 26, 11, 32, 13, 34, 39, 37, 1, 31, 2, 22, 17, 14, 7 },
        new[] { 12, 36, 6, 23, 35, 33, 10, 19, 21, 0, 8, 3, 24 })]
    public void Small_sets_are_split_as_NumPy_splits_them(int seed, int[] train, int[] test)
    {
        var split = QualitySplit.Draw(Labels(40, 5), seed)!;

        Assert.Equal(train, split.Train);
        Assert.Equal(test, split.Test);
    }

    [Theory]
    [InlineData(1, 6999, 3001, 303384257897, 56098295693)]
    [InlineData(3, 7000, 3000, 304592355516, 56076372029)]
    public void Of_large_sets_the_same_ten_thousand_rows_are_drawn(int seed, int trainRows, int testRows, long trainSum, long testSum)
    {
        var split = QualitySplit.Draw(Labels(25_000, 50), seed)!;

        Assert.Equal(trainRows, split.Train.Length);
        Assert.Equal(testRows, split.Test.Length);
        Assert.Equal(trainSum, PositionSum(split.Train));
        Assert.Equal(testSum, PositionSum(split.Test));
    }

    [Fact]
    public void Too_few_anomalies_give_no_split()
    {
        Assert.Null(QualitySplit.Draw(Labels(25, 5), 1));
        Assert.NotNull(QualitySplit.Draw(Labels(30, 5), 1));
    }

    /// <summary>Every <paramref name="step"/>th row is an anomaly.</summary>
    private static bool[] Labels(int rows, int step) => [.. Enumerable.Range(0, rows).Select(row => row % step == 0)];

    /// <summary>Σ (i + 1) · row: differs if a row or its place does.</summary>
    private static long PositionSum(int[] rows) => rows.Select((row, i) => (i + 1L) * row).Sum();
}
