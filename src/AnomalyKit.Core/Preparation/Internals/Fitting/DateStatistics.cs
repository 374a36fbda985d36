using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>What a fit must know of a column of dates: its ends, and for each part a row in which it differs from the first.</summary>
internal sealed class DateStatistics(string name) : ColumnStatistics(name)
{
    private const DateParts Cyclic = DateParts.Hour | DateParts.Weekday | DateParts.Month;
    private const int MaxOthers = 1 << 16;

    private static readonly int CyclicCells = DateEncoder.PartNames(Cyclic).Length;

    private readonly HashSet<RowNumber> _others = [];
    private readonly bool[] _varies = new bool[CyclicCells];
    private float[]? _first;
    private bool? _isUtc;
    private RowNumber _lowest;
    private RowNumber _highest;

    /// <summary>The earliest time, in ticks; <see cref="long.MaxValue"/> where there is none.</summary>
    public long Minimum { get; private set; } = long.MaxValue;

    /// <summary>The latest time, in ticks; <see cref="long.MinValue"/> where there is none.</summary>
    public long Maximum { get; private set; } = long.MinValue;

    public override void Add(TableColumn column, long firstRow)
    {
        var dates = (DateTimeColumn)column;
        var ticks = dates.Ticks.Span;
        long presentBefore = Present;
        for (int row = 0; row < ticks.Length; row++)
        {
            var number = new RowNumber(firstRow + row);
            if (ticks[row] == DateTimeColumn.MissingCell)
            {
                FirstMissing = FirstMissing.Or(number);
                Missing++;
                continue;
            }

            FirstPresent = FirstPresent.Or(number);
            Present++;
            if (ticks[row] < Minimum)
                (Minimum, _lowest) = (ticks[row], number);
            if (ticks[row] > Maximum)
                (Maximum, _highest) = (ticks[row], number);
        }

        if (Present == presentBefore)
            return;
        ThrowIfMixed(dates.IsUtc);
        if (Array.IndexOf(_varies, false) >= 0)
            LookForOthers(dates, firstRow);
    }

    public override IEnumerable<RowNumber> Witnesses() => [.. base.Witnesses(), _lowest, _highest, .. _others];

    public override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        writer.Add<long>("ends", new[] { Minimum, Maximum });
        _lowest.WriteTo(writer, "lowest");
        _highest.WriteTo(writer, "highest");
        writer.Set("utc", _isUtc switch { null => -1, false => 0, true => 1 });
        writer.Add<long>("others", _others.Select(other => other.Value).Order().ToArray());
    }

    public override void Read(ModelReader reader)
    {
        base.Read(reader);
        long[] ends = reader.GetInt64s("ends", 2);
        (Minimum, Maximum) = (ends[0], ends[1]);
        if (Present > 0 && (Minimum < 0 || Maximum < Minimum || Maximum > DateTime.MaxValue.Ticks))
            throw ModelReader.FormatError($"the limits of column '{Name}' are not valid times");
        _lowest = RowNumber.Read(reader, "lowest");
        _highest = RowNumber.Read(reader, "highest");
        int utc = reader.GetInt32("utc", -1, 1);
        _isUtc = utc < 0 ? null : utc == 1;
        long[] others = reader.GetInt64s("others", -1);
        if (others.Length > MaxOthers)
            throw ModelReader.FormatError($"column '{Name}' has {others.Length} rows that differ");
        _others.UnionWith(others.Select(other => RowNumber.Of(other, "others")));
    }

    protected override void AppendCells(ColumnStatistics later)
    {
        var other = (DateStatistics)later;
        if (other._isUtc is { } isUtc)
            ThrowIfMixed(isUtc);
        if (other.Minimum < Minimum)
            (Minimum, _lowest) = (other.Minimum, other._lowest);
        if (other.Maximum > Maximum)
            (Maximum, _highest) = (other.Maximum, other._highest);
        // Of later rows the first one may be the one that differs.
        _others.UnionWith(other._others);
        if (!other.FirstPresent.IsNone)
            _others.Add(other.FirstPresent);
    }

    private void ThrowIfMixed(bool isUtc)
    {
        _isUtc ??= isUtc;
        if (_isUtc != isUtc)
            throw new TableDataException($"Column '{Name}' holds points in time (UTC) in some rows and times without a zone in others. Bring the times to one form before they are read.", columnName: Name);
    }

    private void LookForOthers(DateTimeColumn dates, long firstRow)
    {
        CellFill[] fills = [.. Enumerable.Repeat(CellFill.Native, CyclicCells)];
        var encoder = new DateEncoder(Name, Cyclic, dates.IsUtc, 0, fills);
        var cells = new float[dates.RowCount * CyclicCells];
        encoder.Encode(dates, new RowCells(cells, CyclicCells, 0, 0, dates.RowCount, firstRow));
        for (int row = 0; row < dates.RowCount; row++)
        {
            if (dates.IsMissing(row))
                continue;
            var encoded = cells.AsSpan(row * CyclicCells, CyclicCells);
            _first ??= encoded.ToArray();
            for (int part = 0; part < CyclicCells; part++)
            {
                if (_varies[part] || encoded[part] == _first[part])
                    continue;
                _varies[part] = true;
                _others.Add(new RowNumber(firstRow + row));
            }
        }
    }
}
