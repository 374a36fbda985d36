using Microsoft.ML;

namespace AnomalyKit.ML.Cells;

/// <summary>Collects the cells of one column while a cursor moves.</summary>
internal abstract class CellReader
{
    /// <summary>Takes the cell of the current row.</summary>
    public abstract void Read();

    /// <summary>What was collected since the last call, in memory of its own.</summary>
    /// <param name="firstRow">The number of the first of these rows, for errors.</param>
    public abstract TableColumn Take(long firstRow);
}

/// <summary>Collects cells of one type.</summary>
/// <param name="getter">Gives the cell of the current row.</param>
/// <param name="make">Makes a column of cells; the number is that of the first row.</param>
internal sealed class CellReader<T>(ValueGetter<T> getter, Func<ReadOnlyMemory<T>, long, TableColumn> make) : CellReader
{
    private T[] _cells = [];
    private int _capacity = 64;
    private int _count;

    public override void Read()
    {
        if (_count == _cells.Length)
            Array.Resize(ref _cells, _count == 0 ? _capacity : (int)Math.Min(Array.MaxLength, 2L * _count));
        getter(ref _cells[_count++]);
    }

    public override TableColumn Take(long firstRow)
    {
        var column = make(_cells.AsMemory(0, _count), firstRow);
        _capacity = Math.Max(_capacity, _cells.Length);
        _cells = [];
        _count = 0;
        return column;
    }
}
