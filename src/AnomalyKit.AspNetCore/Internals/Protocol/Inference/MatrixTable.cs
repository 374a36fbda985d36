namespace AnomalyKit.Serving.Protocol;

/// <summary>A tensor of all columns as a table, for what works on tables only.</summary>
internal static class MatrixTable
{
    public static FeatureTable Read(InputRows rows, TableSchema schema)
    {
        int columns = schema.ColumnCount;
        var values = new double[rows.RowCount * columns];
        rows.ReadValues(values);
        return new FeatureTable(schema.Fields.Select((field, i) =>
        {
            var cells = new double[rows.RowCount];
            for (int row = 0; row < cells.Length; row++)
                cells[row] = values[(row * columns) + i];
            return (TableColumn)new DoubleColumn(field.Name, cells);
        }));
    }
}
