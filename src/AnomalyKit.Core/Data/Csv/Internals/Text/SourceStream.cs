using AnomalyKit.Streams;

namespace AnomalyKit.Csv;

/// <summary>The raw bytes: recognizes gzip by its first bytes, counts, and ends a gzip stream with
/// <see cref="GzipText.EndMember"/>.</summary>
internal sealed class SourceStream : ForwardStream
{
    private readonly Stream _inner;
    private readonly bool _leaveOpen;
    private readonly byte[] _head = new byte[2];
    private readonly int _headLength;
    private int _headUsed;
    private bool _endMemberGiven;
    private long _bytesRead;
    private volatile bool _atEnd;

    public SourceStream(Stream inner, bool leaveOpen)
    {
        _inner = inner;
        _leaveOpen = leaveOpen;
        if (inner.CanSeek)
            TotalBytes = inner.Length - inner.Position;
        _headLength = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        _bytesRead = _headLength;
        IsGzip = _headLength == 2 && _head[0] == 0x1F && _head[1] == 0x8B;
    }

    public bool IsGzip { get; }

    public long? TotalBytes { get; }

    /// <summary>Bytes taken so far; may be asked from another thread.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Whether all bytes are taken; may be asked from another thread.</summary>
    public bool AtEnd => _atEnd;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_headUsed < _headLength)
        {
            int taken = Math.Min(_headLength - _headUsed, buffer.Length);
            _head.AsSpan(_headUsed, taken).CopyTo(buffer);
            _headUsed += taken;
            return taken;
        }

        int count = _atEnd ? 0 : _inner.Read(buffer);
        Interlocked.Add(ref _bytesRead, count);
        if (count > 0)
            return count;
        _atEnd = true;
        // The unpacker asks for 8 KiB and more; a smaller buffer would have to split the member.
        if (!IsGzip || _endMemberGiven || buffer.Length < GzipText.EndMember.Length)
            return 0;
        _endMemberGiven = true;
        GzipText.EndMember.CopyTo(buffer);
        return GzipText.EndMember.Length;
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_leaveOpen)
            await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_leaveOpen)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
