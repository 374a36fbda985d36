namespace AnomalyKit.Parquet.Cells;

/// <summary>Cells that are converted one by one.</summary>
/// <typeparam name="T">The physical type.</typeparam>
/// <typeparam name="TCell">What a cell of the column is.</typeparam>
/// <param name="shape">What kind of column the cells become.</param>
/// <param name="missing">What stands in a row whose cell is missing.</param>
/// <param name="map">Converts a cell; it gets the row of the source and the column's name for its errors.</param>
/// <param name="make">Makes the column, of cells and of marks where any cell is missing.</param>
internal sealed class MappedCells<T, TCell>(CellShape shape, TCell missing, MapCell<T, TCell> map, Func<string, TCell[], bool[]?, TableColumn> make) : PackedCells<T>(shape)
    where T : unmanaged
{
    private TCell[] _cells = [];
    private bool[]? _missing;
    private long _firstRow;
    private string _name = string.Empty;

    protected override void Begin(int rows, long firstRow, string name)
    {
        _cells = new TCell[rows];
        _missing = null;
        (_firstRow, _name) = (firstRow, name);
    }

    protected override void Put(int row, Span<T> cells, ReadOnlySpan<short> levels, int present)
    {
        int from = 0;
        for (int i = 0; i < cells.Length; i++)
            _cells[row + i] = levels.IsEmpty || levels[i] != 0 ? map(cells[from++], _firstRow + row + i, _name) : missing;
        MissingMarks.Put(ref _missing, _cells.Length, row, levels, present);
    }

    protected override TableColumn End(string name) => make(name, _cells, _missing);
}
