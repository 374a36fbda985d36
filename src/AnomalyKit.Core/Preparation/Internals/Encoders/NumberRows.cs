using System.Numerics.Tensors;
using AnomalyKit.Numerics;

namespace AnomalyKit.Preparation;

/// <summary>Encodes whole rows of numbers where every column becomes the cell at its own place: row after row in vectors, not column after column.</summary>
/// <remarks>The cells are those of <see cref="NumberEncoder.EncodeValues"/>, to the bit.</remarks>
internal sealed class NumberRows
{
    // So many cells stay in the nearest cache from their conversion to their check.
    private const int StepCells = 2048;
    private const int PieceColumns = 256;

    private readonly double[]? _offsets;
    private readonly CellFill[] _fills;

    private NumberRows(double[]? offsets, CellFill[] fills) => (_offsets, _fills) = (offsets, fills);

    /// <summary>Sees whether the encoders are such.</summary>
    /// <param name="encoders">All encoders.</param>
    /// <param name="sources">The column that each encodes.</param>
    /// <param name="columns">How many columns a row has.</param>
    /// <returns>Null where they are not.</returns>
    public static NumberRows? Of(IReadOnlyList<ColumnEncoder> encoders, ReadOnlySpan<int> sources, int columns)
    {
        if (columns == 0 || encoders.Count != columns)
            return null;
        var offsets = new double[columns];
        var fills = new CellFill[columns];
        for (int i = 0; i < columns; i++)
        {
            if (sources[i] != i || encoders[i] is not NumberEncoder encoder)
                return null;
            (offsets[i], fills[i]) = (encoder.Offset, encoder.CellOfMissing);
        }

        return new NumberRows(offsets.AsSpan().ContainsAnyExcept(0.0) ? offsets : null, fills);
    }

    /// <summary>Encodes rows.</summary>
    /// <param name="values">Whole rows.</param>
    /// <param name="cells">Receives as many cells.</param>
    /// <returns>Whether all values could be used; if not, the encoders find the first that cannot, and say what is wrong with it.</returns>
    public bool TryEncode(ReadOnlySpan<double> values, Span<float> cells)
    {
        int columns = _fills.Length;
        int step = Math.Max(StepCells / columns, 1) * columns;
        for (int done = 0; done < values.Length; done += step)
        {
            int count = Math.Min(step, values.Length - done);
            var from = values.Slice(done, count);
            var to = cells.Slice(done, count);
            Convert(from, to);
            if (!TryFill(from, to))
                return false;
        }

        return true;
    }

    private void Convert(ReadOnlySpan<double> values, Span<float> cells)
    {
        if (_offsets is null)
        {
            TensorPrimitives.ConvertTruncating<double, float>(values, cells);
            return;
        }

        Span<double> piece = stackalloc double[PieceColumns];
        for (int row = 0; row < values.Length; row += _offsets.Length)
        {
            for (int column = 0; column < _offsets.Length; column += PieceColumns)
            {
                var offsets = _offsets.AsSpan(column, Math.Min(PieceColumns, _offsets.Length - column));
                var differences = piece[..offsets.Length];
                TensorPrimitives.Subtract(values.Slice(row + column, offsets.Length), offsets, differences);
                TensorPrimitives.ConvertTruncating<double, float>(differences, cells[(row + column)..]);
            }
        }
    }

    private bool TryFill(ReadOnlySpan<double> values, Span<float> cells)
    {
        for (int at = FiniteCheck.IndexOfNonFinite(cells), next; at >= 0; at = next < 0 ? -1 : at + 1 + next)
        {
            var fill = _fills[at % _fills.Length];
            if (fill.IsRefused || !double.IsNaN(values[at]))
                return false;
            cells[at] = fill.Cell;
            next = FiniteCheck.IndexOfNonFinite(cells[(at + 1)..]);
        }

        return true;
    }
}
