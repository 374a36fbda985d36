namespace AnomalyKit.Tables;

/// <summary>Collects double-precision numbers.</summary>
internal sealed class DoubleBuffer(string name) : ColumnBuffer(name)
{
    private const int FewestCells = 64;

    private double[] _cells = [];
    private int _count;
    private int _expected = FewestCells;

    public override int Count => _count;

    public void Add(double value)
    {
        if ((uint)_count >= (uint)_cells.Length)
            Grow();
        _cells[_count++] = value;
    }

    public override void AddMissing() => Add(double.NaN);

    public override void Cut(int count) => _count = Math.Min(_count, count);

    public override TableColumn Take()
    {
        // Batches of a source are mostly of one size: memory of the size of the last one needs no copy, and is not much larger than what it holds.
        bool isFull = _cells.Length - _count <= _count / 8;
        var taken = isFull ? new ReadOnlyMemory<double>(_cells, 0, _count) : _cells.AsSpan(0, _count).ToArray();
        _expected = Math.Max(FewestCells, _count + (_count / 16));
        if (isFull)
            _cells = [];
        _count = 0;
        return new DoubleColumn(Name, taken);
    }

    private void Grow()
    {
        var cells = GC.AllocateUninitializedArray<double>((int)Math.Min(Array.MaxLength, Math.Max(_expected, 2L * _count)));
        _cells.AsSpan(0, _count).CopyTo(cells);
        _cells = cells;
    }
}
