namespace AnomalyKit.Monitoring.Statistics;

/// <summary>Whether levels that a list does not have are more frequent than is to be expected, where the list has the levels that some rows have.</summary>
/// <remarks>
/// As many rows as have a level of their own in the first sample are expected to have a level in the second one that the first has not (I. J. Good, <i>The Population Frequencies of Species and the Estimation of
/// Population Parameters</i>, Biometrika 40, 1953). Fewer are no change: the levels may all be known.
/// </remarks>
internal static class UnlistedLevels
{
    /// <param name="listed">The rows of the first sample, of each level that is listed.</param>
    /// <param name="others">Its rows of levels that are not listed.</param>
    /// <param name="othersNow">The rows of the second sample of levels that are not listed.</param>
    /// <param name="rowsNow">All rows of the second sample.</param>
    /// <returns>ln p, and Cramér's V of the excess; null where every level of the list has several rows, so that any other is simply new.</returns>
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

        if (once == 0 || othersNow == 0)
            return null;
        double expected = others + once;
        if (othersNow * rows <= expected * rowsNow)
            return (0, 0);
        // The estimate scatters more than a count does: its variance is that of the rows of their own and twice the levels of two rows.
        double weight = expected / (expected + (2 * twice));
        double log = Proportions.LogPValue(expected * weight, Math.Round(rows * weight), othersNow, rowsNow);
        return (log, ChiSquared.Test([expected, rows - expected], [othersNow, rowsNow - othersNow]).Effect);
    }
}
