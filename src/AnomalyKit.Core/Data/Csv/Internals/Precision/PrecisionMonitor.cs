using System.Numerics;
using System.Runtime.CompilerServices;
using AnomalyKit.Numerics;

namespace AnomalyKit.Csv;

/// <summary>Turns rows of doubles into float32 cells and measures, column by column, what the rounding costs.</summary>
/// <remarks>The sums are kept per column in row order, so they do not depend on the width of the vectors.</remarks>
internal sealed class PrecisionMonitor
{
    /// <summary>The share of a column's standard deviation that rounding may cost.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>How often is asked whether a column has to be watched.</summary>
    private const int RowsBetweenLooks = 256;

    private readonly int _columns;
    private readonly double[] _offsets;
    private readonly double[] _shifts;
    private readonly double[] _restShifts;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly double[] _errors;
    private readonly double[] _restErrors;
    private readonly double[] _noRests;
    private readonly MiddleHalf[]? _middles;
    private readonly CollapseWatch?[] _watches;
    private readonly float[] _row;
    private long _rows;
    private bool _isWatching;

    /// <summary>Starts to measure.</summary>
    /// <param name="columns">The offsets, and the typical values around which squares are summed, so that they do not cancel.</param>
    public PrecisionMonitor(OffsetPlan columns)
    {
        _columns = columns.Offsets.Length;
        int padded = PaddedColumns(_columns);
        _offsets = new double[padded];
        _shifts = new double[padded];
        _restShifts = new double[padded];
        _sums = new double[padded];
        _squares = new double[padded];
        _errors = new double[padded];
        _restErrors = new double[padded];
        _row = new float[padded];
        columns.Offsets.CopyTo(_offsets, 0);
        columns.CenterRests.CopyTo(_restShifts, 0);
        for (int i = 0; i < _columns; i++)
            _shifts[i] = columns.Centers[i] - _offsets[i];
        _middles = columns.Middles;
        _watches = new CollapseWatch?[_columns];
        _noRests = columns.CenterRests.AsSpan().ContainsAnyExcept(0) ? new double[padded] : [];
    }

    /// <summary>The length of a row of doubles: whole vectors, zeros behind the last column.</summary>
    public static int PaddedColumns(int columns)
    {
        return Blocks.RoundUp(columns, 2 * Vector<double>.Count);
    }

    /// <summary>Stores one row and counts it, unless a cell overflows.</summary>
    /// <param name="values">Finite numbers, padded.</param>
    /// <param name="rests">What the numbers in the file are more than the values, padded; or nothing where they are the same.</param>
    /// <param name="cells">Receives <c>(float)(value − offset)</c>.</param>
    /// <returns>Whether all cells are finite. Otherwise the row is not counted.</returns>
    public bool Encode(ReadOnlySpan<double> values, ReadOnlySpan<double> rests, Span<float> cells)
    {
        int width = Vector<double>.Count;
        var infinity = new Vector<float>(float.PositiveInfinity);
        var overflow = Vector<int>.Zero;
        for (int i = 0; i < _row.Length; i += 2 * width)
        {
            var low = new Vector<double>(values[i..]) - new Vector<double>(_offsets, i);
            var high = new Vector<double>(values[(i + width)..]) - new Vector<double>(_offsets, i + width);
            var rounded = Vector.Narrow(low, high);
            rounded.CopyTo(_row, i);
            overflow |= Vector.Equals(Vector.Abs(rounded), infinity);
        }

        if (overflow != Vector<int>.Zero)
            return false;
        if (rests.IsEmpty)
            rests = _noRests;
        for (int i = 0; i < _row.Length; i += 2 * width)
        {
            Vector.Widen(new Vector<float>(_row, i), out var low, out var high);
            Sum(i, values, rests, low);
            Sum(i + width, values, rests, high);
        }

        if (_isWatching || (_rows % RowsBetweenLooks == 0 && !rests.IsEmpty))
            Watch(values, rests);
        _rows++;
        _row.AsSpan(0, _columns).CopyTo(cells);
        return true;
    }

    /// <summary>The columns that lose more than the tolerance, measured on the rows so far.</summary>
    public List<PrecisionLoss> Losses(IReadOnlyList<string> names)
    {
        var losses = new List<PrecisionLoss>();
        for (int i = 0; i < _columns && _rows > 0; i++)
        {
            double mean = _sums[i] / _rows;
            double deviation = Deviation(i);
            bool isBeyondDouble = IsRestLarge(i) && (_middles?[i].HasCollapse == true || _watches[i]?.HasSeen == true);
            double error = Math.Sqrt((_errors[i] + (isBeyondDouble ? _restErrors[i] : 0)) / _rows);
            if (!isBeyondDouble && _middles?[i] is { IsLost: true } middle)
            {
                isBeyondDouble = true;
                error = middle.Error;
                deviation = middle.Deviation;
            }

            if (error <= Tolerance * deviation || deviation == 0)
                continue;
            losses.Add(new PrecisionLoss
            {
                Column = names[i],
                RootMeanSquareError = error,
                StandardDeviation = deviation,
                Offset = _offsets[i],
                SuggestedOffset = OffsetChoice.CanHelp(deviation) && !isBeyondDouble
                    ? OffsetChoice.Round(mean + _shifts[i] + _offsets[i], deviation)
                    : null,
                IsBeyondDouble = isBeyondDouble,
            });
        }

        return losses;
    }

    private double Deviation(int column)
    {
        double mean = _sums[column] / _rows;
        double variance = (_squares[column] / _rows) - (mean * mean);
        // What is left of equal numbers after the sums were rounded is no spread.
        return variance > 1e-10 * mean * mean ? Math.Sqrt(variance) : 0;
    }

    /// <summary>Whether doubles leave more out of the numbers than their deviation allows.</summary>
    private bool IsRestLarge(int column)
    {
        double deviation = Deviation(column);
        return deviation > 0 && Math.Sqrt(_restErrors[column] / _rows) > Tolerance * deviation;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Watch(ReadOnlySpan<double> values, ReadOnlySpan<double> rests)
    {
        bool look = _rows > 0 && _rows % RowsBetweenLooks == 0;
        for (int i = 0; i < _columns; i++)
        {
            if (look && _watches[i] is null && IsRestLarge(i))
            {
                _watches[i] = new CollapseWatch();
                _isWatching = true;
            }

            _watches[i]?.Add(values[i], rests.IsEmpty ? 0 : rests[i]);
        }
    }

    private void Sum(int i, ReadOnlySpan<double> values, ReadOnlySpan<double> rests, Vector<double> stored)
    {
        var value = new Vector<double>(values[i..]) - new Vector<double>(_offsets, i);
        var error = value - stored;
        var centered = value - new Vector<double>(_shifts, i);
        if (!rests.IsEmpty)
        {
            var rest = new Vector<double>(rests[i..]);
            centered += rest - new Vector<double>(_restShifts, i);
            (new Vector<double>(_restErrors, i) + (rest * rest)).CopyTo(_restErrors, i);
        }

        (new Vector<double>(_sums, i) + centered).CopyTo(_sums, i);
        (new Vector<double>(_squares, i) + (centered * centered)).CopyTo(_squares, i);
        (new Vector<double>(_errors, i) + (error * error)).CopyTo(_errors, i);
    }
}
