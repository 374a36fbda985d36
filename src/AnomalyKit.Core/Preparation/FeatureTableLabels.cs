using AnomalyKit.Preparation;

namespace AnomalyKit;

/// <summary>The labels of a <see cref="FeatureTable"/>: <c>table.ReadLabels()</c>.</summary>
public static class FeatureTableLabels
{
    /// <summary>Reads the label column as truth values, for metrics and for feedback.</summary>
    /// <param name="table">A table, of which the schema says which column is the label (<see cref="ColumnRole.Label"/>).</param>
    /// <returns>One label per row, <see langword="true"/> for an anomaly; null where the table has no label column.</returns>
    /// <exception cref="TableDataException">A cell is missing or not a label: 0 or 1, true or false, yes or no (also oui, nein and the like); row, column and value are named.</exception>
    public static bool[]? ReadLabels(this FeatureTable table) => ReadLabels(table, firstRow: 0);

    /// <summary>Reads the label column of a batch as truth values.</summary>
    /// <param name="table">A batch of a table, of which the schema says which column is the label (<see cref="ColumnRole.Label"/>).</param>
    /// <param name="firstRow">The number that errors give to the first row, at least 0: its place in the whole table.</param>
    /// <returns>One label per row, <see langword="true"/> for an anomaly; null where the table has no label column.</returns>
    /// <exception cref="TableDataException">A cell is missing or not a label: 0 or 1, true or false, yes or no (also oui, nein and the like); row, column and value are named.</exception>
    public static bool[]? ReadLabels(this FeatureTable table, long firstRow)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        return TableLabels.Of(table, firstRow);
    }

    /// <summary>Reads the label column where rows may have no label yet: a missing cell means that nobody knows.</summary>
    /// <param name="table">A table, or a batch of one, of which the schema says which column is the label (<see cref="ColumnRole.Label"/>).</param>
    /// <param name="firstRow">The number that errors give to the first row, at least 0: its place in the whole table.</param>
    /// <returns>One label per row, <see langword="true"/> for an anomaly and null for a row without a label; null where the table has no label column.</returns>
    /// <exception cref="TableDataException">A cell is not a label: 0 or 1, true or false, yes or no (also oui, nein and the like); row, column and value are named.</exception>
    public static bool?[]? ReadKnownLabels(this FeatureTable table, long firstRow = 0)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        return TableLabels.KnownOf(table, firstRow);
    }
}
