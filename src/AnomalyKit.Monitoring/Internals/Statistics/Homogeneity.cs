namespace AnomalyKit.Monitoring.Statistics;

/// <summary>Whether two rows of counts come from one distribution, also where cells expect too few for Pearson's limit.</summary>
internal static class Homogeneity
{
    /// <param name="a">Counts.</param>
    /// <param name="b">As many counts.</param>
    /// <param name="otherA">Rows of the first side in cells that are not listed.</param>
    /// <param name="otherB">Those of the second side.</param>
    /// <returns>χ² and Cramér's V of the pooled counts, and ln p.</returns>
    /// <remarks>
    /// Rare cells are counted together. Where even together they expect fewer than five, p is that of two tests, the smaller one doubled: whether rare cells are as frequent in both rows, by Fisher's exact test,
    /// and whether the others are distributed alike. To add the rare cells to another one would keep the level, too, but hide levels that are new.
    /// Cells that are not listed are counted with the rare ones, so that it does not matter that they are listed only if the first row has them. A change among them is not seen.
    /// </remarks>
    public static (double Statistic, double LogPValue, double Effect) Test(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double otherA = 0, double otherB = 0)
    {
        var cells = ChiSquared.Pool(a, b, otherA, otherB);
        var all = ChiSquared.Test([.. cells.A, cells.RareA], [.. cells.B, cells.RareB]);
        double sumA = cells.A.Sum() + cells.RareA;
        double sumB = cells.B.Sum() + cells.RareB;
        double rare = cells.RareA + cells.RareB;
        if (rare == 0 || cells.A.Length == 0 || rare * Math.Min(sumA, sumB) / (sumA + sumB) >= ChiSquared.LeastExpected)
            return (all.Statistic, all.LogPValue, all.Effect);
        double log = Proportions.LogPValue(cells.RareA, sumA, cells.RareB, sumB);
        if (cells.A.Length > 1)
            // Without the rare ones a row may expect fewer than five elsewhere.
            log = Math.Min(0, Math.Min(log, Test(cells.A, cells.B).LogPValue) + Math.Log(2));
        return (all.Statistic, log, all.Effect);
    }
}
