using System.Buffers;
using System.Runtime.CompilerServices;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Numbers;

/// <summary>A buffer of numbers from the pool that grows, counted by the gate once it is large.</summary>
/// <param name="gate">Counts the bytes.</param>
/// <param name="capacity">The numbers that are expected.</param>
internal sealed class PooledValues(RequestGate gate, int capacity = 256) : IDisposable
{
    // What fits into this is as small as what a connection holds anyway.
    private const int MaxUncounted = 1024;

    private double[] _values = ArrayPool<double>.Shared.Rent(Math.Min(capacity, MaxUncounted));
    private long _countedBytes;

    public int Count { get; private set; }

    public ReadOnlySpan<double> Written => _values.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        double[] values = _values;
        int at = Count;
        if ((uint)at >= (uint)values.Length)
            values = Grow();
        values[at] = value;
        Count = at + 1;
    }

    public void Dispose()
    {
        if (_values.Length == 0)
            return;
        ArrayPool<double>.Shared.Return(_values);
        gate.ReleaseBytes(_countedBytes);
        _values = [];
        _countedBytes = 0;
        Count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double[] Grow()
    {
        // Pools hand out powers of two, so that this is what will be held.
        int larger = (int)Math.Min(Array.MaxLength, Math.Max(2L * _values.Length, 16));
        gate.ReserveBytes(8L * larger);
        double[] values = ArrayPool<double>.Shared.Rent(larger);
        _values.AsSpan(0, Count).CopyTo(values);
        ArrayPool<double>.Shared.Return(_values);
        gate.ReleaseBytes(_countedBytes);
        _countedBytes = 8L * larger;
        return _values = values;
    }
}
