using System.Runtime.InteropServices;
using Apache.Arrow;

namespace AnomalyKit.Arrow.Cells;

/// <summary>A run of cells of one array, for one column.</summary>
/// <param name="Data">The array.</param>
/// <param name="Name">The column.</param>
/// <param name="Start">The first cell, counted from the array's own offset.</param>
/// <param name="Count">The number of cells.</param>
/// <param name="FirstRow">The row of the source that the first cell is in.</param>
/// <param name="EveryDigit">Whether numbers that a double rounds are wanted as text.</param>
/// <param name="Owner">What owns the buffers.</param>
internal sealed record CellRun(ArrayData Data, string Name, int Start, int Count, long FirstRow, bool EveryDigit, object Owner)
{
    public Validity Validity() => new(Data, Start, Count);

    /// <summary>The cells themselves.</summary>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes(Size<T>()).Span);

    /// <summary>The cells themselves, without copying.</summary>
    public ReadOnlyMemory<T> Memory<T>()
        where T : unmanaged => Count == 0 ? default : new CastMemory<T>(Bytes(Size<T>()), Owner).Memory;

    /// <summary>The bytes of cells of fixed size.</summary>
    public ReadOnlyMemory<byte> Bytes(int size)
    {
        if (Count == 0)
            return default;
        long first = ((long)Data.Offset + Start) * size;
        var bytes = Buffer(1);
        if (first < 0 || first + ((long)Count * size) > bytes.Length)
            throw new InvalidDataException($"a buffer of {bytes.Length} bytes for {(long)Data.Offset + Start + Count} cells of {size} bytes");
        return bytes.Slice((int)first, Count * size);
    }

    /// <summary>A buffer.</summary>
    public ReadOnlyMemory<byte> Buffer(int index) => index < Data.Buffers.Length
        ? Data.Buffers[index].Memory
        : throw new InvalidDataException($"{Data.Buffers.Length} buffers where {index + 1} are needed");

    private static unsafe int Size<T>()
        where T : unmanaged => sizeof(T);
}
