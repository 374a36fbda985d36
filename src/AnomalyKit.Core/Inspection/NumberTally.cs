using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>What is counted of a column of numbers.</summary>
internal sealed class NumberTally(TableField field, InspectionOptions options) : CodedTally(field, options)
{
    private readonly QuantileSketch _sketch = new();
    private readonly RunningMoments _moments = new();
    private double[] _values = [];
    private bool _isWhole;
    private long? _previous;
    private long _least = long.MaxValue;
    private long _greatest = long.MinValue;

    public long InfiniteCount { get; private set; }

    /// <summary>Whether the column is of whole numbers that rise from row to row, so that no two are equal.</summary>
    public bool IsRising { get; private set; } = true;

    /// <summary>Whether these are whole numbers of type <see cref="Int64Column"/>.</summary>
    public bool IsInt64 => _isWhole;

    /// <summary>The smallest and the greatest whole number.</summary>
    public (long Least, long Greatest) WholeRange => (_least, _greatest);

    public double Median => _sketch.Count == 0 ? double.NaN : _sketch.Quantile(0.5);

    public double Spread => _sketch.Count == 0 ? double.NaN : _sketch.Quantile(0.75) - _sketch.Quantile(0.25);

    /// <inheritdoc/>
    protected override string ContentKind => "number ";

    public override ColumnInspection Result()
    {
        var frequent = _isWhole
            ? Frequent(code => code.ToString(CultureInfo.InvariantCulture))
            : Frequent(code => BitConverter.Int64BitsToDouble(code).ToString("R", CultureInfo.InvariantCulture), Comparer<long>.Create(static (a, b) => BitConverter.Int64BitsToDouble(a).CompareTo(BitConverter.Int64BitsToDouble(b))));
        var column = Result(frequent);
        return (_isWhole && IsRising ? AllDifferent(column) : column) with { Numbers = RowCount == MissingCount ? null : Summary() };
    }

    protected override int Count(TableColumn batch, Span<ulong> hashes)
    {
        if (_values.Length < batch.RowCount)
            _values = new double[batch.RowCount];
        var values = _values.AsSpan(0, batch.RowCount);
        ((NumberColumn)batch).CopyTo(0, values);
        var whole = batch as Int64Column;
        _isWhole = whole is not null;
        var cells = whole is null ? [] : whole.Cells.Span;
        int missing = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row]))
            {
                hashes[row] = CellHash.Missing;
                missing++;
                continue;
            }

            // A zero has no sign here, so that equal numbers have equal bits.
            double value = values[row] + 0.0;
            long bits = BitConverter.DoubleToInt64Bits(value);
            bool isRounded = whole is not null && !IsExactly(value, cells[row]);
            hashes[row] = CellHash.Mix(isRounded ? ~(ulong)cells[row] ^ CellHash.Missing : (ulong)bits);
            CountCode(whole is null ? bits : cells[row], hashes[row]);
            if (whole is not null)
                CountWhole(cells[row]);
            CountValue(value);
            if (!double.IsFinite(value))
                values[row] = double.NaN;
        }

        _sketch.Add(values);
        return missing;
    }

    private static bool IsExactly(double value, long cell) => value < 9.2e18 && (long)value == cell;

    private void CountWhole(long cell)
    {
        IsRising &= _previous is null || cell > _previous;
        _previous = cell;
        _least = Math.Min(_least, cell);
        _greatest = Math.Max(_greatest, cell);
    }

    private void CountValue(double value)
    {
        if (!double.IsFinite(value))
        {
            InfiniteCount++;
            return;
        }

        _moments.Add(value);
        Extremes.Add(value);
    }

    private NumberSummary Summary() => _sketch.Count == 0
        ? new NumberSummary(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0, InfiniteCount)
        : new NumberSummary(
            _sketch.Minimum,
            _sketch.Quantile(0.25),
            _sketch.Quantile(0.5),
            _sketch.Quantile(0.75),
            _sketch.Maximum,
            FiniteOrNaN(_moments.Mean),
            FiniteOrNaN(_moments.Deviation),
            _sketch.RankError,
            InfiniteCount);

    private static double FiniteOrNaN(double value) => double.IsFinite(value) ? value : double.NaN;
}
