using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.Profiles;

/// <summary>The ends of the columns of rows: many rows are folded as one long row, so that vectors are full whatever the number of columns.</summary>
internal sealed class RangeFold
{
    private const int LongRow = 512;

    private readonly int _columns;
    private readonly bool _mayBeMissing;
    private readonly float[] _minimums;
    private readonly float[] _maximums;

    /// <param name="columns">At least 1.</param>
    /// <param name="mayBeMissing">Whether cells may be NaN, which is then no end.</param>
    public RangeFold(int columns, bool mayBeMissing)
    {
        _columns = columns;
        _mayBeMissing = mayBeMissing;
        int length = Math.Max(1, LongRow / columns) * columns;
        _minimums = new float[length];
        _maximums = new float[length];
        Array.Fill(_minimums, float.PositiveInfinity);
        Array.Fill(_maximums, float.NegativeInfinity);
    }

    /// <param name="cells">Whole rows.</param>
    public void Add(ReadOnlySpan<float> cells)
    {
        for (; !cells.IsEmpty; cells = cells[Math.Min(cells.Length, _minimums.Length)..])
        {
            var row = cells[..Math.Min(cells.Length, _minimums.Length)];
            if (_mayBeMissing)
            {
                TensorPrimitives.MinNumber(row, _minimums.AsSpan(0, row.Length), _minimums.AsSpan(0, row.Length));
                TensorPrimitives.MaxNumber(row, _maximums.AsSpan(0, row.Length), _maximums.AsSpan(0, row.Length));
            }
            else
            {
                Fold(row);
            }
        }
    }

    /// <summary>Brings the rows of the long row together; after all cells were added.</summary>
    public void Close()
    {
        for (int i = _columns; i < _minimums.Length; i++)
        {
            _minimums[i % _columns] = Math.Min(_minimums[i % _columns], _minimums[i]);
            _maximums[i % _columns] = Math.Max(_maximums[i % _columns], _maximums[i]);
        }
    }

    /// <returns>+∞ where no cell has a value.</returns>
    public float Minimum(int column) => _minimums[column];

    /// <returns>−∞ where no cell has a value.</returns>
    public float Maximum(int column) => _maximums[column];

    /// <summary>Numbers only: then the machine's own minimum, which need not care for NaN, gives the same.</summary>
    private void Fold(ReadOnlySpan<float> row)
    {
        int i = 0;
        ref float cell = ref MemoryMarshal.GetReference(row);
        ref float minimum = ref MemoryMarshal.GetArrayDataReference(_minimums);
        ref float maximum = ref MemoryMarshal.GetArrayDataReference(_maximums);
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var cells = Vector256.LoadUnsafe(ref cell, (nuint)i);
            Vector256.MinNative(cells, Vector256.LoadUnsafe(ref minimum, (nuint)i)).StoreUnsafe(ref minimum, (nuint)i);
            Vector256.MaxNative(cells, Vector256.LoadUnsafe(ref maximum, (nuint)i)).StoreUnsafe(ref maximum, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            _minimums[i] = Math.Min(_minimums[i], row[i]);
            _maximums[i] = Math.Max(_maximums[i], row[i]);
        }
    }
}
