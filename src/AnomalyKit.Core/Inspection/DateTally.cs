using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>What is counted of a column of dates and times.</summary>
internal sealed class DateTally(TableField field, InspectionOptions options) : CodedTally(field, options)
{
    private readonly QuantileSketch _sketch = new();
    private double[] _values = [];
    private long _least = long.MaxValue;
    private long _greatest = long.MinValue;
    private bool _isUtc;
    private long _last = long.MinValue;

    /// <summary>Whether every date and time is later than the one before.</summary>
    public bool IsRising { get; private set; } = true;

    /// <summary>Whether any has a time of day.</summary>
    public bool HasTimes { get; private set; }

    protected override string ContentKind => _isUtc ? "UTC " : "date ";

    public override ColumnInspection Result() => (IsRising ? AllDifferent(Result(Frequent(Text))) : Result(Frequent(Text))) with
    {
        Dates = _sketch.Count == 0 ? null : new DateSummary(Date(_least), Date(Math.Clamp((long)_sketch.Quantile(0.5), _least, _greatest)), Date(_greatest)),
    };

    protected override int Count(TableColumn batch, Span<ulong> hashes)
    {
        if (_values.Length < batch.RowCount)
            _values = new double[batch.RowCount];
        var column = (DateTimeColumn)batch;
        _isUtc = column.IsUtc;
        int missing = 0;
        var ticks = column.Ticks.Span;
        for (int row = 0; row < ticks.Length; row++)
        {
            if (ticks[row] == DateTimeColumn.MissingCell)
            {
                hashes[row] = CellHash.Missing;
                _values[row] = double.NaN;
                missing++;
                continue;
            }

            hashes[row] = CellHash.Mix((ulong)ticks[row]);
            CountCode(ticks[row], hashes[row]);
            IsRising &= ticks[row] > _last;
            HasTimes |= ticks[row] % TimeSpan.TicksPerDay != 0;
            _last = ticks[row];
            _least = Math.Min(_least, ticks[row]);
            _greatest = Math.Max(_greatest, ticks[row]);
            _values[row] = ticks[row];
            Extremes.Add(ticks[row]);
        }

        _sketch.Add(_values.AsSpan(0, ticks.Length));
        return missing;
    }

    private DateTime Date(long ticks) => new(ticks, _isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);

    private string Text(long ticks) => Date(ticks).ToString(_isUtc ? "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
