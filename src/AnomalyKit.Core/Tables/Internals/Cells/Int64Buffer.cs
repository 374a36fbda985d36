namespace AnomalyKit.Tables;

/// <summary>Collects whole numbers, and marks where they are missing once one is.</summary>
internal sealed class Int64Buffer(string name) : ColumnBuffer(name)
{
    private readonly List<long> _cells = [];
    private readonly List<bool> _missing = [];

    public override int Count => _cells.Count;

    public void Add(long value)
    {
        _cells.Add(value);
        if (_missing.Count > 0)
            _missing.Add(false);
    }

    public override void AddMissing()
    {
        while (_missing.Count < _cells.Count)
            _missing.Add(false);
        _cells.Add(0);
        _missing.Add(true);
    }

    public override void Cut(int count)
    {
        Cut(_cells, count);
        Cut(_missing, count);
    }

    public override TableColumn Take() => new Int64Column(Name, Take(_cells), Take(_missing));
}
