using AnomalyKit.Tables;

namespace AnomalyKit.Parquet.Cells;

/// <summary>Cells of text, numbered as categories batch by batch: a column of ever new words takes no more memory than its batch.</summary>
/// <typeparam name="T">The physical type.</typeparam>
/// <param name="number">Numbers the word of a cell.</param>
internal sealed class TextCells<T>(Func<WordNumbers, T, int> number) : PackedCells<T>(CellShape.Text)
    where T : unmanaged, IEquatable<T>
{
    private readonly WordNumbers _words = new();
    private int[] _codes = [];
    private long _firstRow;
    private string _name = string.Empty;

    protected override void Begin(int rows, long firstRow, string name)
    {
        _codes = new int[rows];
        (_firstRow, _name) = (firstRow, name);
        _ = _words.Take();
    }

    protected override void Put(int row, Span<T> cells, ReadOnlySpan<short> levels, int present)
    {
        int from = 0;
        T last = default;
        int code = CategoryColumn.MissingCell;
        for (int i = 0; i < cells.Length; i++)
        {
            if (!levels.IsEmpty && levels[i] == 0)
            {
                _codes[row + i] = CategoryColumn.MissingCell;
                continue;
            }

            // Words of a dictionary are told by their place, without looking at their letters.
            var cell = cells[from++];
            if (from == 1 || !cell.Equals(last))
                code = number(_words, cell);
            if (code == WordNumbers.NotText)
                throw CellErrors.NotText(_firstRow + row + i, _name);
            last = cell;
            _codes[row + i] = code;
        }
    }

    protected override TableColumn End(string name) => new CategoryColumn(name, _codes, _words.Take());
}
