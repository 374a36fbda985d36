namespace AnomalyKit.Tables;

/// <summary>A view of a stream that is only read: what reading takes beside <see cref="Stream.Read(Span{byte})"/>.</summary>
/// <param name="stream">The stream underneath.</param>
/// <param name="leaveOpen">Whether it stays open when the view is disposed.</param>
internal abstract class ReadOnlyStream(Stream stream, bool leaveOpen) : Stream
{
    public sealed override bool CanWrite => false;

    protected Stream Inner { get; } = stream;

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public sealed override long Seek(long offset, SeekOrigin origin) => Inner.Seek(offset, origin);

    public sealed override void Flush()
    {
    }

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
            Inner.Dispose();
        base.Dispose(disposing);
    }
}
