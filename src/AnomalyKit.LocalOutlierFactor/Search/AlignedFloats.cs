namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Cells at a fixed address that is a multiple of 64 bytes, so that no vector straddles two cache lines. Whoever uses the address keeps the object alive.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int Alignment = 64;

    private readonly float[] _cells;

    public AlignedFloats(long length)
    {
        Length = length;
        _cells = GC.AllocateArray<float>(checked((int)(length + (Alignment / sizeof(float)))), pinned: true);
        nuint address = (nuint)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_cells, 0);
        Address = (float*)((address + Alignment - 1) / Alignment * Alignment);
    }

    public long Length { get; }

    public float* Address { get; }
}
