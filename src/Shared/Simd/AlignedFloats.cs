namespace AnomalyKit.Simd;

/// <summary>Zeroed floats at an address that is a multiple of 64 bytes and does not move while this object is alive, so that no vector lies across two cache lines.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int Alignment = 64;

    private readonly float[] _memory;
    private readonly int _offset;

    public AlignedFloats(long count)
    {
        Length = checked((int)count);
        _memory = GC.AllocateArray<float>(checked(Length + (Alignment / sizeof(float))), pinned: true);
        fixed (float* start = _memory)
        {
            _offset = (int)((Alignment - ((nint)start % Alignment)) % Alignment / sizeof(float));
            Pointer = start + _offset;
        }
    }

    public int Length { get; }

    /// <summary>The first float. Whoever uses it keeps this object alive.</summary>
    public float* Pointer { get; }

    public Span<float> Span => _memory.AsSpan(_offset, Length);

    /// <summary>A copy.</summary>
    public float[] ToArray() => Span.ToArray();
}
