namespace AnomalyKit.Monitoring.Statistics;

/// <summary>Whether more rows than are to be expected have a level that is not listed. The list was made from the levels of a first sample.</summary>
/// <remarks>
/// Some rows of the first sample are the only ones of their level. Their fraction is the expected fraction of rows, in another sample, whose level the first one does not have
/// (I. J. Good, <i>The Population Frequencies of Species and the Estimation of Population Parameters</i>, Biometrika 40, 1953). Fewer are no change: the levels may all be known.
/// </remarks>
internal static class UnlistedLevels
{
    /// <param name="listed">The rows of the first sample, of each level that is listed.</param>
    /// <param name="others">Its rows of levels that are not listed.</param>
    /// <param name="othersNow">The rows of the second sample of levels that are not listed.</param>
    /// <param name="rowsNow">All rows of the second sample.</param>
    /// <returns>ln p, and Cramér's V of the excess; null where no level of the list has a single row, so that nothing is to be estimated.</returns>
    public static (double LogPValue, double Effect)? Test(ReadOnlySpan<double> listed, double others, double othersNow, double rowsNow)
    {
        double rows = others;
        double once = 0;
        double twice = 0;
        foreach (double count in listed)
        {
            rows += count;
            once += count == 1 ? 1 : 0;
            twice += count == 2 ? 1 : 0;
        }

        if (once == 0)
            return null;
        double expected = others + once;
        if (othersNow * rows <= expected * rowsNow)
            return (0, 0);
        // The estimate scatters more than a count does: its variance is that of a count, and twice the number of levels that have two rows. So it weighs as much as a smaller sample.
        double variance = expected * (1 - (expected / rows));
        double weight = variance > 0 ? variance / (variance + (2 * twice)) : 1;
        double log = Proportions.LogPValue(expected * weight, Math.Round(rows * weight), othersNow, rowsNow);
        return (log, ChiSquared.Test([expected, rows - expected], [othersNow, rowsNow - othersNow]).Effect);
    }
}
