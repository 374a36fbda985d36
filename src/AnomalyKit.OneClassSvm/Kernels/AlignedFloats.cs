using System.Runtime.InteropServices;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>Zeroed floats that stay where they are and begin at a cache line, so that no vector lies across two.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int LineFloats = 16;

    private readonly float[] _array;
    private readonly int _offset;

    public AlignedFloats(int length)
    {
        _array = GC.AllocateArray<float>(length + LineFloats, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _offset = (int)(((address + 63) & ~63) - address) / sizeof(float);
        Length = length;
    }

    public int Length { get; }

    public float* Pointer => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_array, _offset);

    public Span<float> Span => _array.AsSpan(_offset, Length);
}
