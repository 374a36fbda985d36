using System.Buffers;
using System.Runtime.InteropServices;

namespace AnomalyKit.Arrow.Cells;

/// <summary>Looks at bytes of a buffer as cells, without copying; keeps what owns the buffer alive.</summary>
/// <typeparam name="T">The type of a cell.</typeparam>
internal sealed class CastMemory<T>(ReadOnlyMemory<byte> bytes, object owner) : MemoryManager<T>
    where T : unmanaged
{
    /// <summary>What owns the buffer.</summary>
    public object Owner { get; } = owner;

    public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(MemoryMarshal.AsMemory(bytes).Span);

    public override unsafe MemoryHandle Pin(int elementIndex = 0) => MemoryMarshal.AsMemory(bytes)[(elementIndex * sizeof(T))..].Pin();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
