namespace AnomalyKit.Parquet.Files;

/// <summary>A stream that native code reads: what goes wrong in it is remembered, since native code makes a text of it.</summary>
internal sealed class SourceStream(Stream stream, bool leaveOpen) : Stream
{
    /// <summary>What the stream threw.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanRead => stream.CanRead;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = stream.Length;

    public override long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    /// <summary>Fills the span.</summary>
    /// <exception cref="EndOfStreamException">The stream is shorter than it was.</exception>
    public void ReadAt(long position, Span<byte> bytes)
    {
        stream.Position = position;
        stream.ReadExactly(bytes);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (Exception error)
        {
            Failure = error;
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
