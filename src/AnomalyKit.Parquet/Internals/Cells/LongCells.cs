namespace AnomalyKit.Parquet.Cells;

/// <summary>Cells of whole numbers of 64 bits, read straight into the column.</summary>
internal sealed class LongCells() : PackedCells<long>(CellShape.Int64)
{
    private long[] _cells = [];
    private bool[]? _missing;

    protected override void Begin(int rows, long firstRow, string name)
    {
        _cells = GC.AllocateUninitializedArray<long>(rows);
        _missing = null;
    }

    protected override Span<long> Destination(int row, int rows) => _cells.AsSpan(row, rows);

    protected override void Put(int row, Span<long> cells, ReadOnlySpan<short> levels, int present)
    {
        Spread.InPlace(cells, levels, present, 0);
        MissingMarks.Put(ref _missing, _cells.Length, row, levels, present);
    }

    protected override TableColumn End(string name) => new Int64Column(name, _cells, _missing);
}
