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
        int index = table.Schema.LabelIndex;
        if (index < 0)
            throw new ArgumentException("The table has no label column. Say which column is the label, for example with WithRole(\"label\", ColumnRole.Label).", nameof(table));
        var column = table.Columns[index];
        int[] known = [.. Enumerable.Range(0, table.RowCount).Where(row => !column.IsMissing(row))];
        var labels = table.SelectColumns(column.Name);
        if (known.Length == table.RowCount)
            return new RowLabels(labels.ReadLabels()!, []);

        var (isAnomaly, isKnown) = (new bool[table.RowCount], new bool[table.RowCount]);
        bool[] read;
        try
        {
            read = labels.SelectRows(known).ReadLabels()!;
        }
        catch (TableDataException problem) when (problem.Row >= 0)
        {
            int row = known[(int)problem.Row];
            throw new TableDataException(
                $"Row {row}, column '{column.Name}' is '{column.Text(row)}', which is not a label: 0 or 1, true or false, yes or no, or an empty cell for an unknown label was expected. Convert the labels first.",
                row,
                column.Name,
                problem);
        }

        for (int i = 0; i < known.Length; i++)
            (isAnomaly[known[i]], isKnown[known[i]]) = (read[i], true);
        return new RowLabels(isAnomaly, isKnown);
    }

    /// <summary>Reads the labels of a matrix.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static RowLabels Of(FeatureMatrix data) => data.HasLabels
        ? new RowLabels(data.Labels.ToArray(), [])
        : throw new ArgumentException("The matrix has no labels, and a search needs them to compare settings. Add them with WithLabels, or use UnlabeledSelection, which works without labels.", nameof(data));
}
