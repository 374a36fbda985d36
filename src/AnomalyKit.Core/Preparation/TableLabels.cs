namespace AnomalyKit.Preparation;

/// <summary>Reads the label column of a table.</summary>
internal static class TableLabels
{
    /// <summary>One label per row, <see langword="true"/> for an anomaly; null where the table has no label column.</summary>
    public static bool[]? Of(FeatureTable table, long firstRow) => Read(table, (column, row) => Label(column, row) ?? throw Odd(column, row, firstRow));

    /// <summary>The same, with null for rows whose cell is missing.</summary>
    public static bool?[]? KnownOf(FeatureTable table, long firstRow) =>
        Read(table, (column, row) => column.IsMissing(row) ? (bool?)null : Label(column, row) ?? throw Odd(column, row, firstRow));

    private static T[]? Read<T>(FeatureTable table, Func<TableColumn, int, T> read)
    {
        if (table.Schema.LabelIndex < 0)
            return null;
        var column = table.Columns[table.Schema.LabelIndex];
        var labels = new T[table.RowCount];
        for (int row = 0; row < labels.Length; row++)
            labels[row] = read(column, row);
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
        CategoryColumn categories => categories.Text(row) is { } word ? LabelWords.Read(word) : null,
        _ => null,
    };

    private static TableDataException Odd(TableColumn column, int row, long firstRow) => new(
        column.Text(row) is { } text
            ? $"Row {firstRow + row}, column '{column.Name}' is '{text}', which is not a label. Expected 0 or 1, true or false, or yes or no, also in other languages (oui, nein). Convert the labels before the table is used: true for an anomaly."
            : $"Row {firstRow + row}, column '{column.Name}' is missing, so the row has no label. Leave such rows out, or use ReadKnownLabels, which has null for them.",
        firstRow + row,
        column.Name);
}
