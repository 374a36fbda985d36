namespace AnomalyKit.Monitoring.Windows;

/// <summary>Refuses rows with infinite cells.</summary>
internal static class InfiniteCells
{
    /// <param name="rows">The rows; NaN is a missing cell.</param>
    /// <exception cref="FeatureDataException">A cell is infinite.</exception>
    public static void ThrowIfAny(FeatureMatrix rows)
    {
        for (int row = 0; row < rows.RowCount;)
        {
            var cells = rows.ContiguousCells(row);
            int infinite = cells.IndexOfAny(float.PositiveInfinity, float.NegativeInfinity);
            if (infinite >= 0)
                throw new FeatureDataException(row + (infinite / rows.ColumnCount), infinite % rows.ColumnCount, rows.Schema.ColumnNames[infinite % rows.ColumnCount], cells[infinite]);
            row += cells.Length / rows.ColumnCount;
        }
    }
}
