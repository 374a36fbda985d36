namespace AnomalyKit.Tuning;

/// <summary>What is known of the rows of a search: an anomaly, a normal row, or nothing.</summary>
/// <param name="IsAnomaly">One value per row; false where nothing is known.</param>
/// <param name="IsKnown">One value per row; empty where all labels are known.</param>
internal sealed record RowLabels(bool[] IsAnomaly, bool[] IsKnown)
{
    /// <summary>The number of rows.</summary>
    public int Count => IsAnomaly.Length;

    /// <summary>Whether the label of a row is known.</summary>
    public bool Knows(int row) => IsKnown.Length == 0 || IsKnown[row];

    /// <summary>Reads the labels of a table. A missing cell says that nothing is known of the row.</summary>
    /// <exception cref="ArgumentException">There is no label column.</exception>
    /// <exception cref="TableDataException">A cell is not a label.</exception>
    public static RowLabels Of(FeatureTable table)
    {
        bool?[] labels = table.ReadKnownLabels()
            ?? throw new ArgumentException("The table has no label column. Say which column is the label, for example with WithRole(\"label\", ColumnRole.Label).", nameof(table));
        bool[] isAnomaly = Array.ConvertAll(labels, label => label == true);
        return new RowLabels(isAnomaly, Array.TrueForAll(labels, label => label is not null) ? [] : Array.ConvertAll(labels, label => label is not null));
    }

    /// <summary>Reads the labels of a matrix.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static RowLabels Of(FeatureMatrix data) => data.HasLabels
        ? new RowLabels(data.Labels.ToArray(), [])
        : throw new ArgumentException("The matrix has no labels, and a search needs them to compare settings. Add them with WithLabels, or use UnlabeledSelection, which works without labels.", nameof(data));
}
