using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>The parts of dates and times.</summary>
internal sealed class DateEncoder : ColumnEncoder
{
    public const string Name = "date";

    private const double TicksPerDay = TimeSpan.TicksPerDay;

    private readonly DateParts _parts;
    private readonly bool _isUtc;
    private readonly long _origin;
    private readonly CellFill[] _fills;

    public DateEncoder(string source, DateParts parts, bool isUtc, long origin, CellFill[] fills)
        : base(source, ColumnKind.DateTime)
    {
        _parts = parts;
        _isUtc = isUtc;
        _origin = origin;
        _fills = fills;
        Parts = PartNames(parts);
    }

    public override string KindName => Name;

    public override IReadOnlyList<string> Parts { get; }

    public override bool LeavesMissing => _fills[0].IsNative;

    public override bool RefusesMissing => _fills[0].IsRefused;

    /// <summary>Which parts there are.</summary>
    public DateParts SelectedParts => _parts;

    /// <summary>Whether times are points in time and not those of a clock on a wall.</summary>
    public bool IsUtc => _isUtc;

    /// <summary>The ticks that days count from.</summary>
    public long Origin => _origin;

    /// <summary>What each part holds where the cell is missing.</summary>
    public IReadOnlyList<CellFill> CellsOfMissing => _fills;

    public static string[] PartNames(DateParts parts)
    {
        var names = new List<string>();
        if (parts.HasFlag(DateParts.Elapsed))
            names.Add("days elapsed");
        foreach (var (part, name) in new[] { (DateParts.Hour, "hour"), (DateParts.Weekday, "weekday"), (DateParts.Month, "month") })
        {
            if (parts.HasFlag(part))
                names.AddRange([$"{name} (sine)", $"{name} (cosine)"]);
        }

        return [.. names];
    }

    public static DateEncoder Read(ModelReader reader, string source)
    {
        var parts = (DateParts)reader.GetInt32("parts", 1, (int)(DateParts.Elapsed | DateParts.Hour | DateParts.Weekday | DateParts.Month));
        bool isUtc = reader.GetInt32("utc", 0, 1) == 1;
        long origin = reader.GetInt64s("origin", 1)[0];
        if ((ulong)origin > (ulong)DateTime.MaxValue.Ticks)
            throw ModelReader.FormatError($"'origin' is {origin} ticks, which is not a valid time");
        return new DateEncoder(source, parts, isUtc, origin, [.. Enumerable.Range(0, PartNames(parts).Length).Select(part => CellFill.Read(reader, part))]);
    }

    public override void WriteTo(ModelWriter writer)
    {
        writer.Set("parts", (int)_parts);
        writer.Set("utc", _isUtc ? 1 : 0);
        writer.Add("origin", new ReadOnlyMemory<long>([_origin]));
        for (int part = 0; part < _fills.Length; part++)
            _fills[part].WriteTo(writer, part);
    }

    public override void Encode(TableColumn column, RowCells target)
    {
        var dates = (DateTimeColumn)column;
        if (dates.IsUtc != _isUtc && dates.MissingCount < dates.RowCount)
        {
            throw new TableDataException(
                $"Column '{Source}' holds {Zone(dates.IsUtc)}; the preparation was fitted on {Zone(_isUtc)}. Bring the times to one form before they are read.", columnName: Source);
        }

        var ticks = dates.Ticks.Span.Slice(target.Start, target.Rows);
        for (int i = 0, at = 0; i < ticks.Length; i++, at += target.Stride)
        {
            var cells = target.Cells.Slice(at, _fills.Length);
            if (ticks[i] != DateTimeColumn.MissingCell)
                Encode(ticks[i], cells);
            else if (_fills[0].IsRefused)
                throw MissingCell(target.Number(i));
            else
                Fill(cells);
        }
    }

    /// <summary>The ticks that parts are those of; null where the days elapsed are not among the parts.</summary>
    public double? TicksOf(ReadOnlySpan<double> parts) => _parts.HasFlag(DateParts.Elapsed) ? _origin + (parts[0] * TicksPerDay) : null;

    private static string Zone(bool isUtc) => isUtc ? "points in time (UTC)" : "times without a zone";

    private void Fill(Span<float> cells)
    {
        for (int part = 0; part < cells.Length; part++)
            cells[part] = _fills[part].Cell;
    }

    private void Encode(long ticks, Span<float> cells)
    {
        int part = 0;
        if (_parts.HasFlag(DateParts.Elapsed))
            cells[part++] = (float)((ticks - _origin) / TicksPerDay);
        if (_parts.HasFlag(DateParts.Hour))
            part = Cyclic(ticks % TimeSpan.TicksPerDay / TicksPerDay, cells, part);
        // The first of January of the year 1 was a Monday.
        if (_parts.HasFlag(DateParts.Weekday))
            part = Cyclic(ticks % (7 * TimeSpan.TicksPerDay) / (7 * TicksPerDay), cells, part);
        if (_parts.HasFlag(DateParts.Month))
            Cyclic(Month(ticks), cells, part);
    }

    // The fraction of the year, every month a twelfth of it.
    private static double Month(long ticks)
    {
        var date = new DateTime(ticks);
        double day = date.Day - 1 + (ticks % TimeSpan.TicksPerDay / TicksPerDay);
        return (date.Month - 1 + (day / DateTime.DaysInMonth(date.Year, date.Month))) / 12;
    }

    private static int Cyclic(double turn, Span<float> cells, int part)
    {
        (double sine, double cosine) = double.SinCosPi(2 * turn);
        cells[part] = (float)sine;
        cells[part + 1] = (float)cosine;
        return part + 2;
    }
}
