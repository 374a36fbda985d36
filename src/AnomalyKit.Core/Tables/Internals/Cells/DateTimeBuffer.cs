namespace AnomalyKit.Tables;

/// <summary>Collects dates and times, and sees to it that all of a source have a time zone or none.</summary>
internal sealed class DateTimeBuffer(string name) : ColumnBuffer(name)
{
    private readonly List<long> _cells = [];

    public override int Count => _cells.Count;

    /// <summary>Whether the times are points in time; nothing as long as there was none.</summary>
    public bool? IsUtc { get; set; }

    /// <summary>Appends a time.</summary>
    /// <param name="ticks">Units of 100 ns since 0001-01-01T00:00:00.</param>
    /// <param name="isUtc">Whether it is a point in time, in UTC.</param>
    /// <returns>Whether it is what earlier ones are; it is not appended otherwise.</returns>
    public bool TryAdd(long ticks, bool isUtc)
    {
        IsUtc ??= isUtc;
        if (IsUtc != isUtc)
            return false;
        _cells.Add(ticks);
        return true;
    }

    /// <summary>Appends a time: UTC and local times are points in time, others are what a clock on the wall shows.</summary>
    public bool TryAdd(DateTime time) => time.Kind == DateTimeKind.Unspecified
        ? TryAdd(time.Ticks, isUtc: false)
        : TryAdd(time.ToUniversalTime().Ticks, isUtc: true);

    /// <summary>What is wrong with a time that <see cref="TryAdd(long, bool)"/> does not take.</summary>
    public string Mismatch => IsUtc == true
        ? "it has no time zone, and those before it have one. Give all of them a zone, or none"
        : "it has a time zone, and those before it have none. Give all of them a zone, or none";

    public override void AddMissing() => _cells.Add(DateTimeColumn.MissingCell);

    public override void Cut(int count) => Cut(_cells, count);

    public override TableColumn Take() => new DateTimeColumn(Name, Take(_cells), IsUtc ?? false);
}
