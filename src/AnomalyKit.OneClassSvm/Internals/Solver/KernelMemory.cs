using System.Runtime.InteropServices;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>Memory for kernel rows that one cache after the other takes: what was touched once costs no page faults again.</summary>
internal sealed unsafe class KernelMemory : IDisposable
{
    // What is asked of the system at once, if a row is not more.
    private const long ChunkBytes = 8 << 20;

    private readonly List<(nint Address, long Bytes)> _chunks = [];
    private long _rowBytes;
    private long _newRows;
    private int _current;
    private long _taken;

    /// <summary>What is held of the system's memory.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Takes all back, so that what was given out must not be used any more, and prepares for rows of another length.</summary>
    /// <param name="rowBytes">The bytes of a row, a multiple of 64.</param>
    /// <param name="maxBytes">The bound of what is held.</param>
    /// <param name="minRows">The rows that there is to be room for in any case.</param>
    /// <param name="maxRows">The rows that can be asked for.</param>
    /// <returns>The rows that can be held at once.</returns>
    public int Restart(long rowBytes, long maxBytes, int minRows, int maxRows)
    {
        _rowBytes = rowBytes;
        _current = 0;
        _taken = 0;
        long heldRows = _chunks.Sum(chunk => chunk.Bytes / rowBytes);
        if (heldRows < maxRows && (HeldBytes > maxBytes || heldRows * rowBytes < HeldBytes - (HeldBytes / 8)))
        {
            // Too much of it would be lost at the ends of chunks.
            Free();
            heldRows = 0;
        }

        long rows = Math.Min(heldRows + Math.Max(0, (maxBytes - HeldBytes) / rowBytes), maxRows);
        if (rows < minRows)
        {
            Free();
            heldRows = 0;
            rows = Math.Min(minRows, maxRows);
        }

        _newRows = Math.Max(0, rows - heldRows);
        return (int)rows;
    }

    /// <summary>The next row, from a cache line on; there are as many as <see cref="Restart"/> said.</summary>
    public nint Take()
    {
        while (_current < _chunks.Count)
        {
            var (address, length) = _chunks[_current];
            if (_taken + _rowBytes <= length)
            {
                _taken += _rowBytes;
                return address + (nint)(_taken - _rowBytes);
            }

            _current++;
            _taken = 0;
        }

        long rows = Math.Min(Math.Max(1, ChunkBytes / _rowBytes), _newRows);
        _newRows -= rows;
        long size = rows * _rowBytes;
        _chunks.Add(((nint)NativeMemory.AlignedAlloc((nuint)size, 64), size));
        HeldBytes += size;
        _taken = _rowBytes;
        return _chunks[_current].Address;
    }

    public void Dispose() => Free();

    private void Free()
    {
        foreach (var (address, _) in _chunks)
            NativeMemory.AlignedFree((void*)address);
        _chunks.Clear();
        HeldBytes = 0;
        _current = 0;
        _taken = 0;
    }
}
