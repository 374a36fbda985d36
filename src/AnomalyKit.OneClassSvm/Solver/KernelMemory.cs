using System.Runtime.InteropServices;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>Memory for kernel rows that one cache after the other takes: what was touched once costs no page faults again.</summary>
internal sealed unsafe class KernelMemory : IDisposable
{
    /// <summary>The least that is asked of the system at once.</summary>
    public const long ChunkBytes = 8 << 20;

    private readonly List<(nint Address, long Bytes)> _chunks = [];
    private int _current;
    private long _taken;

    /// <summary>Takes all back: what was given out must not be used any more.</summary>
    public void Restart()
    {
        _current = 0;
        _taken = 0;
    }

    /// <summary>The next bytes, from a cache line on.</summary>
    /// <param name="bytes">A multiple of 64.</param>
    public nint Take(long bytes)
    {
        while (_current < _chunks.Count)
        {
            var (address, length) = _chunks[_current];
            if (_taken + bytes <= length)
            {
                _taken += bytes;
                return address + (nint)(_taken - bytes);
            }

            if (_taken == 0)
            {
                // Too small for any such row: it would only take room from larger ones.
                NativeMemory.AlignedFree((void*)address);
                _chunks.RemoveAt(_current);
                continue;
            }

            _current++;
            _taken = 0;
        }

        long size = Math.Max(ChunkBytes, bytes);
        _chunks.Add(((nint)NativeMemory.AlignedAlloc((nuint)size, 64), size));
        _taken = bytes;
        return _chunks[_current].Address;
    }

    public void Dispose()
    {
        foreach (var (address, _) in _chunks)
            NativeMemory.AlignedFree((void*)address);
        _chunks.Clear();
        Restart();
    }
}
