namespace AnomalyKit.Tables;

/// <summary>Collects double-precision numbers.</summary>
internal sealed class DoubleBuffer(string name) : ColumnBuffer(name)
{
    private readonly List<double> _cells = [];

    public override int Count => _cells.Count;

    public void Add(double value) => _cells.Add(value);

    public override void AddMissing() => _cells.Add(double.NaN);

    public override void Cut(int count) => Cut(_cells, count);

    public override TableColumn Take() => new DoubleColumn(Name, Take(_cells));
}
