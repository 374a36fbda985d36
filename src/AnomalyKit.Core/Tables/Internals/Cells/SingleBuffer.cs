namespace AnomalyKit.Tables;

/// <summary>Collects single-precision numbers.</summary>
internal sealed class SingleBuffer(string name) : ColumnBuffer(name)
{
    private readonly List<float> _cells = [];

    public override int Count => _cells.Count;

    public void Add(float value) => _cells.Add(value);

    public override void AddMissing() => _cells.Add(float.NaN);

    public override void Cut(int count) => Cut(_cells, count);

    public override TableColumn Take() => new SingleColumn(Name, Take(_cells));
}
