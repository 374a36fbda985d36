using Apache.Arrow;

namespace AnomalyKit.Arrow.Cells;

/// <summary>Which cells of a run are there. Offsets of slices add up to any bit of the bitmap.</summary>
internal readonly ref struct Validity
{
    private readonly ReadOnlySpan<byte> _bits;
    private readonly int _first;

    public Validity(ArrayData data, int start, int count)
    {
        _first = data.Offset + start;
        // A null count of -1 says that nobody counted.
        if (data.NullCount == 0 || data.Buffers.Length == 0 || data.Buffers[0].IsEmpty)
            return;
        _bits = data.Buffers[0].Span;
        if (_first < 0 || ((long)_first + count + 7) / 8 > _bits.Length)
            throw new InvalidDataException($"a bitmap of {_bits.Length} bytes for {(long)_first + count} cells");
        HasGaps = true;
    }

    /// <summary>Whether any cell may be missing.</summary>
    public bool HasGaps { get; }

    /// <summary>Whether a cell is there.</summary>
    public bool this[int row] => !HasGaps || (_bits[(_first + row) >> 3] >> ((_first + row) & 7) & 1) != 0;

    /// <summary>Marks of missing cells; nothing where none is.</summary>
    public bool[]? Marks(int count)
    {
        if (!HasGaps)
            return null;
        var marks = new bool[count];
        for (int row = 0; row < count; row++)
            marks[row] = !this[row];
        return marks.Contains(true) ? marks : null;
    }
}
