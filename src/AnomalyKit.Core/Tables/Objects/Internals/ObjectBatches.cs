namespace AnomalyKit.Objects;

/// <summary>Makes tables of objects, one reading long.</summary>
internal sealed class ObjectBatches<T>
{
    private readonly ObjectCells<T>[] _cells;

    public ObjectBatches(TableSchema schema, IReadOnlyList<ObjectColumn<T>> columns)
    {
        Schema = schema;
        _cells = [.. columns.Select(column => column.Begin())];
    }

    public TableSchema Schema { get; }

    public long RowCount { get; private set; }

    public static void ThrowIfFailed(bool failed)
    {
        if (failed)
            throw new InvalidOperationException("An earlier read failed or was cancelled, so the position in the sequence is unknown. Open it again.");
    }

    public FeatureTable Take(ReadOnlySpan<T> items)
    {
        for (int row = 0; row < items.Length; row++)
        {
            if (items[row] is null)
                throw new TableDataException($"Row {RowCount + row}: the object is null. Leave it out of the sequence.", RowCount + row);
        }

        var columns = new TableColumn[_cells.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = _cells[i].Take(items, RowCount);
        RowCount += items.Length;
        return new FeatureTable(columns, Schema);
    }
}
