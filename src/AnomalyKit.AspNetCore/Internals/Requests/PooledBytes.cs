using System.Buffers;

namespace AnomalyKit.Serving.Requests;

/// <summary>A buffer of bytes from the pool that grows, counted by the gate.</summary>
internal sealed class PooledBytes(RequestGate gate, int capacity) : IDisposable
{
    private byte[] _bytes = Rent(gate, capacity);
    private int _count;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public int Count => _count;

    /// <summary>Room for at least one more byte, at most up to a limit.</summary>
    /// <param name="maxCount">The most bytes that the buffer may hold; more than it holds now.</param>
    public Memory<byte> Room(int maxCount)
    {
        if (_count == _bytes.Length)
        {
            byte[] larger = Rent(gate, (int)Math.Min(Array.MaxLength, Math.Max(Math.Min(2L * _count, maxCount), _count + 1L)));
            _bytes.AsSpan(0, _count).CopyTo(larger);
            Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsMemory(_count, Math.Min(_bytes.Length, maxCount) - _count);
    }

    public void Advance(int count) => _count += count;

    public void Append(ReadOnlySequence<byte> bytes, int maxCount)
    {
        foreach (var segment in bytes)
        {
            var rest = segment.Span;
            while (!rest.IsEmpty)
            {
                var room = Room(maxCount).Span;
                int count = Math.Min(rest.Length, room.Length);
                rest[..count].CopyTo(room);
                rest = rest[count..];
                _count += count;
            }
        }
    }

    /// <summary>Appends bytes, however many.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = Room(Array.MaxLength).Span;
            int count = Math.Min(bytes.Length, room.Length);
            bytes[..count].CopyTo(room);
            bytes = bytes[count..];
            _count += count;
        }
    }

    /// <summary>Forgets the bytes from a place on.</summary>
    public void Truncate(int count) => _count = count;

    public void Dispose()
    {
        if (_bytes.Length == 0)
            return;
        Return(_bytes);
        _bytes = [];
        _count = 0;
    }

    private static byte[] Rent(RequestGate gate, int count)
    {
        gate.ReserveBytes(count);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(count);
        if (bytes.Length > count)
        {
            try
            {
                gate.ReserveBytes(bytes.Length - count);
            }
            catch
            {
                gate.ReleaseBytes(count);
                ArrayPool<byte>.Shared.Return(bytes);
                throw;
            }
        }

        return bytes;
    }

    private void Return(byte[] bytes)
    {
        gate.ReleaseBytes(bytes.Length);
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
