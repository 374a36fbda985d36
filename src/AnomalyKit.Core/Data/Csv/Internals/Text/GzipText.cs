using System.IO.Compression;
using AnomalyKit.Streams;

namespace AnomalyKit.Csv;

/// <summary>Unpacks gzip, several members too, and notices where the data is cut off.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends without a word where its input ends, whether the last member is complete or not. So the source appends one
/// more member with a known text: where that text comes out at the end, all members before it were complete; it is held back here.
/// </remarks>
internal sealed class GzipText : ForwardStream
{
    private const int BufferBytes = 1 << 16;

    private static readonly byte[] EndMark = "\nend of the gzip data \u0001\u0002\u0003\n"u8.ToArray();

    private readonly GZipStream _unpacker;
    private readonly byte[] _buffer = new byte[BufferBytes + EndMark.Length];
    private int _start;
    private int _end;
    private bool _ended;

    public GzipText(SourceStream source) => _unpacker = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);

    /// <summary>A complete gzip member that unpacks to the end mark.</summary>
    public static byte[] EndMember { get; } = Pack(EndMark);

    public override int Read(Span<byte> buffer)
    {
        // The last bytes unpacked so far may be the end mark: they are given out only when as many have followed.
        while (_end - _start <= EndMark.Length)
        {
            if (_ended)
                return 0;
            Fill();
        }

        int taken = Math.Min(buffer.Length, _end - _start - EndMark.Length);
        _buffer.AsSpan(_start, taken).CopyTo(buffer);
        _start += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacker.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            packer.Write(text);
        return packed.ToArray();
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int count = _unpacker.Read(_buffer.AsSpan(_end));
        _end += count;
        if (count > 0)
            return;
        if (!_buffer.AsSpan(0, _end).EndsWith(EndMark))
            throw new GzipCutOffException();
        _ended = true;
    }
}

/// <summary>The gzip data ended within a member.</summary>
internal sealed class GzipCutOffException() : IOException("The gzip data ends before its last member does.");
