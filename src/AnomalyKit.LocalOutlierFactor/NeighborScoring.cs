namespace AnomalyKit.LocalOutlierFactor;

/// <summary>What scoring against reference sets has in common.</summary>
internal static class NeighborScoring
{
    /// <summary>Differences of cells that one core computes in well below 100 ms, were no leaf skipped.</summary>
    private const long BlockCells = 1L << 29;

    private const int FewestRows = 16;

    /// <summary>The rows that are scored between two looks at the cancellation token.</summary>
    public static int BlockRows(ReferenceSet[] sets, int most)
    {
        long cells = 0;
        foreach (var set in sets)
            cells += (long)set.PointCount * set.Search.Store.Columns;

        // A tree measures a part of the pairs; a tenth is typical of what is large.
        long budget = sets[0].Search.UsesTree ? 8 * BlockCells : BlockCells;
        return (int)Math.Clamp(budget / cells, FewestRows, most);
    }

    /// <summary>Turns sums over reference sets into scores.</summary>
    public static void Average(ReadOnlySpan<double> sums, int sets, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
            scores[i] = (float)Math.Min(sums[i] / sets, float.MaxValue);
    }
}
