using System.Buffers;
using Apache.Arrow.Memory;

namespace AnomalyKit.Arrow.Reading;

/// <summary>Gives memory of the garbage collector, which columns keep alive, and no more than the stream vouches for.</summary>
internal sealed class GuardedAllocator(GuardedStream stream) : MemoryAllocator
{
    /// <summary>How often more bytes come out of Zstandard than go in, at most: four make a block of 128 KiB.</summary>
    private const long MaxRatio = 40_000;

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        if (length > Math.Max(stream.Remaining, MaxRatio * stream.LargestRead))
            throw new InvalidDataException($"{length} bytes are claimed, more than the stream can hold");
        bytesAllocated = length;
        return new Owner(GC.AllocateUninitializedArray<byte>(length));
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = bytes;

        public void Dispose()
        {
        }
    }
}
