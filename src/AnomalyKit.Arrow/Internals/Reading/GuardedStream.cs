using System.Buffers.Binary;
using AnomalyKit.Arrow.Metadata;
using AnomalyKit.Tables;

namespace AnomalyKit.Arrow.Reading;

/// <summary>
/// A stream of Arrow messages whose lengths are believed only as far as the stream has bytes: the library underneath takes the memory that a message claims.
/// It reads nothing but lengths in four bytes.
/// </summary>
internal sealed class GuardedStream(Stream stream, byte[] begun, bool leaveOpen) : ReadOnlyStream(stream, leaveOpen)
{
    /// <summary>The most that a message of a stream without a length may claim.</summary>
    private const long MaxMessageBytes = 1 << 30;
    private const int LengthBytes = 4;
    private const int Continuation = -1;

    private int _begun;

    /// <summary>The length that was read last, of the metadata that comes next; 0 where something else does.</summary>
    private int _metadataBytes;
    private bool _isFooter;

    /// <summary>The most bytes that may follow.</summary>
    public long Remaining => Inner.CanSeek ? Inner.Length - Inner.Position + (begun.Length - _begun) : MaxMessageBytes;

    // A footer lies before its length.
    private long MaxLength => Inner.CanSeek ? Inner.Length : MaxMessageBytes;

    /// <summary>The most bytes that were read at once.</summary>
    public long LargestRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => Inner.CanSeek;

    public override long Length => Inner.Length;

    public override long Position
    {
        get => Inner.Position;
        set
        {
            if (value < 0 || value > Inner.Length)
                throw new InvalidDataException($"a block at {value} in a file of {Inner.Length} bytes");
            Inner.Position = value;
            // Only a footer lies elsewhere than behind its length.
            _isFooter = true;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == LengthBytes)
            return ReadLength(buffer);
        if (buffer.Length == _metadataBytes)
            return ReadMetadata(buffer);
        int some = Next(buffer);
        LargestRead = Math.Max(LargestRead, some);
        return some;
    }

    private int ReadLength(Span<byte> buffer)
    {
        int count = Fill(buffer);
        int length = count == LengthBytes ? BinaryPrimitives.ReadInt32LittleEndian(buffer) : 0;
        if (length != Continuation && (length < 0 || length > MaxLength))
            throw new InvalidDataException($"a message claims {length} bytes where {MaxLength} are the most");
        _metadataBytes = Math.Max(0, length);
        _isFooter = false;
        return count;
    }

    private int ReadMetadata(Span<byte> buffer)
    {
        int count = Fill(buffer);
        LargestRead = Math.Max(LargestRead, count);
        _metadataBytes = 0;
        if (count < buffer.Length)
            return count;
        if (_isFooter)
            MetadataGuard.CheckFooter(buffer);
        else
            MetadataGuard.CheckMessage(buffer);
        return count;
    }

    private int Fill(Span<byte> buffer)
    {
        int count = 0;
        while (count < buffer.Length && Next(buffer[count..]) is > 0 and var more)
            count += more;
        return count;
    }

    private int Next(Span<byte> buffer)
    {
        int left = begun.Length - _begun;
        if (left == 0)
            return Inner.Read(buffer);
        int count = Math.Min(left, buffer.Length);
        begun.AsSpan(_begun, count).CopyTo(buffer);
        _begun += count;
        return count;
    }
}
