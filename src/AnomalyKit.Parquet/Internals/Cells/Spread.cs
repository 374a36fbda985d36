namespace AnomalyKit.Parquet.Cells;

/// <summary>Moves packed cells to their rows.</summary>
internal static class Spread
{
    /// <summary>In place, from the back: a cell never moves forward.</summary>
    public static void InPlace<T>(Span<T> cells, ReadOnlySpan<short> levels, int present, T missing)
    {
        if (present == cells.Length)
            return;
        int from = present;
        for (int row = cells.Length - 1; row >= from; row--)
            cells[row] = levels[row] != 0 ? cells[--from] : missing;
    }
}
