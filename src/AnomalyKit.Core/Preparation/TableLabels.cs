namespace AnomalyKit.Preparation;

/// <summary>Reads the label column of a table.</summary>
internal static class TableLabels
{
    /// <summary>One label per row, <see langword="true"/> for an anomaly; null where the table has no label column.</summary>
    public static bool[]? Of(FeatureTable table, long firstRow)
    {
        if (table.Schema.LabelIndex < 0)
            return null;
        var column = table.Columns[table.Schema.LabelIndex];
        var labels = new bool[table.RowCount];
        for (int row = 0; row < labels.Length; row++)
            labels[row] = Label(column, row) ?? throw Odd(column, row, firstRow);
        return labels;
    }

    private static bool? Label(TableColumn column, int row) => column switch
    {
        BooleanColumn booleans => booleans.Value(row),
        NumberColumn numbers => numbers.Value(row) switch
        {
            0 => false,
            1 => true,
            _ => null,
        },
        CategoryColumn categories => categories.Text(row)?.ToLowerInvariant() switch
        {
            "0" or "false" or "no" => false,
            "1" or "true" or "yes" => true,
            _ => null,
        },
        _ => null,
    };

    private static TableDataException Odd(TableColumn column, int row, long firstRow) => new(
        $"Row {firstRow + row}, column '{column.Name}' is {(column.Text(row) is { } text ? $"'{text}'" : "missing")}, which is not a label: 0 or 1, true or false, yes or no was expected. "
        + "Write such values into the column before the table is read. A fit needs no label: it does without LabelColumn, and IgnoredColumns leaves the column out.",
        firstRow + row,
        column.Name);
}
