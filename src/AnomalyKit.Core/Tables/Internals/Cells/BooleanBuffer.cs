namespace AnomalyKit.Tables;

/// <summary>Collects yes and no.</summary>
internal sealed class BooleanBuffer(string name) : ColumnBuffer(name)
{
    private readonly List<sbyte> _cells = [];

    public override int Count => _cells.Count;

    public void Add(bool value) => _cells.Add(value ? (sbyte)1 : (sbyte)0);

    public override void AddMissing() => _cells.Add(BooleanColumn.MissingCell);

    public override void Cut(int count) => Cut(_cells, count);

    public override TableColumn Take() => new BooleanColumn(Name, Take(_cells));
}
