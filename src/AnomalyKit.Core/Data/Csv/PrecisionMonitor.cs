using System.Numerics;
using AnomalyKit.Numerics;

namespace AnomalyKit.Csv;

/// <summary>Turns rows of doubles into float32 cells and measures, column by column, what the rounding costs.</summary>
/// <remarks>The sums are kept per column in row order, so they do not depend on the width of the vectors.</remarks>
internal sealed class PrecisionMonitor
{
    /// <summary>The share of a column's standard deviation that rounding may cost.</summary>
    public const double Tolerance = 1e-4;

    private readonly int _columns;
    private readonly double[] _offsets;
    private readonly double[] _shifts;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly double[] _errors;
    private readonly float[] _row;
    private long _rows;

    /// <summary>Starts to measure.</summary>
    /// <param name="offsets">One offset a column.</param>
    /// <param name="centers">A typical value a column, around which squares are summed, so that they do not cancel.</param>
    public PrecisionMonitor(ReadOnlySpan<double> offsets, ReadOnlySpan<double> centers)
    {
        _columns = offsets.Length;
        int padded = PaddedColumns(_columns);
        _offsets = new double[padded];
        _shifts = new double[padded];
        _sums = new double[padded];
        _squares = new double[padded];
        _errors = new double[padded];
        _row = new float[padded];
        offsets.CopyTo(_offsets);
        for (int i = 0; i < _columns; i++)
            _shifts[i] = centers[i] - offsets[i];
    }

    /// <summary>The length of a row of doubles: whole vectors, zeros behind the last column.</summary>
    public static int PaddedColumns(int columns)
    {
        return Blocks.RoundUp(columns, 2 * Vector<double>.Count);
    }

    /// <summary>Stores one row.</summary>
    /// <param name="values">Finite numbers, padded.</param>
    /// <param name="cells">Receives <c>(float)(value − offset)</c>.</param>
    /// <returns>Whether all cells are finite.</returns>
    public bool Encode(ReadOnlySpan<double> values, Span<float> cells)
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
            Vector.Widen(rounded, out var storedLow, out var storedHigh);
            Sum(i, low, low - storedLow);
            Sum(i + width, high, high - storedHigh);
        }

        _rows++;
        _row.AsSpan(0, _columns).CopyTo(cells);
        return overflow == Vector<int>.Zero;
    }

    /// <summary>The columns that lose more than the tolerance, measured on the rows so far.</summary>
    public List<PrecisionLoss> Losses(IReadOnlyList<string> names)
    {
        var losses = new List<PrecisionLoss>();
        for (int i = 0; i < _columns && _rows > 0; i++)
        {
            double mean = _sums[i] / _rows;
            double deviation = Math.Sqrt(Math.Max(0, (_squares[i] / _rows) - (mean * mean)));
            double error = Math.Sqrt(_errors[i] / _rows);
            if (error > Tolerance * deviation && deviation > 0)
            {
                double? suggested = OffsetChoice.CanHelp(deviation) ? OffsetChoice.Round(mean + _shifts[i] + _offsets[i], deviation) : null;
                losses.Add(new PrecisionLoss(names[i], error, deviation, _offsets[i], suggested));
            }
        }

        return losses;
    }

    private void Sum(int i, Vector<double> value, Vector<double> error)
    {
        var centered = value - new Vector<double>(_shifts, i);
        (new Vector<double>(_sums, i) + centered).CopyTo(_sums, i);
        (new Vector<double>(_squares, i) + (centered * centered)).CopyTo(_squares, i);
        (new Vector<double>(_errors, i) + (error * error)).CopyTo(_errors, i);
    }
}
