namespace AnomalyKit.LocalOutlierFactor;

/// <summary>What scoring against reference sets has in common.</summary>
internal static class NeighborScoring
{
    /// <summary>Differences of cells that one core computes in well below 100 ms, were no leaf skipped.</summary>
    private const long BlockCells = 1L << 29;

    /// <summary>What keeping, selecting and sorting one neighbor costs, in differences of cells: 0.2 to 0.4 µs, measured from 100 to 3,000 neighbors.</summary>
    private const long NeighborCells = 1 << 12;

    private const int MinBlockRows = 16;

    /// <summary>The rows that are scored between two looks at the cancellation token.</summary>
    public static int BlockRows(ReferenceSet[] sets, int neighbors, int most)
    {
        long cells = 0;
        long kept = 0;
        foreach (var set in sets)
        {
            cells += (long)set.PointCount * set.Search.Store.Columns;
            kept += Math.Min(neighbors, set.PointCount);
        }

        // A tree measures a part of the pairs; a tenth is typical of what is large.
        long budget = sets[0].Search.UsesTree ? 8 * BlockCells : BlockCells;
        long measured = Math.Clamp(budget / cells, MinBlockRows, most);
        return (int)Math.Clamp(BlockCells / (NeighborCells * kept), 1, measured);
    }

    /// <summary>Turns sums over reference sets into scores.</summary>
    public static void Average(ReadOnlySpan<double> sums, int sets, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
            scores[i] = (float)Math.Min(sums[i] / sets, float.MaxValue);
    }
}
