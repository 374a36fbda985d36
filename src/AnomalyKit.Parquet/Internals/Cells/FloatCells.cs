namespace AnomalyKit.Parquet.Cells;

/// <summary>Cells of single or double precision, read straight into the column.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class FloatCells<T>(CellShape shape, T missing, Func<string, T[], TableColumn> make) : PackedCells<T>(shape)
    where T : unmanaged
{
    private T[] _cells = [];

    protected override void Begin(int rows, long firstRow, string name) => _cells = GC.AllocateUninitializedArray<T>(rows);

    protected override Span<T> Destination(int row, int rows) => _cells.AsSpan(row, rows);

    protected override void Put(int row, Span<T> cells, ReadOnlySpan<short> levels, int present) => Spread.InPlace(cells, levels, present, missing);

    protected override TableColumn End(string name)
    {
        var column = make(name, _cells);
        _cells = [];
        return column;
    }
}
