using AnomalyKit.Tables;

namespace AnomalyKit.Parquet.Files;

/// <summary>A stream that native code reads: what goes wrong in it is remembered, since native code makes a text of it.</summary>
internal sealed class SourceStream(Stream stream, bool leaveOpen) : ReadOnlyStream(stream, leaveOpen)
{
    /// <summary>What the stream threw.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanRead => Inner.CanRead;

    public override bool CanSeek => true;

    public override long Length { get; } = stream.Length;

    public override long Position
    {
        get => Inner.Position;
        set => Inner.Position = value;
    }

    /// <summary>Fills the span.</summary>
    /// <exception cref="EndOfStreamException">The stream is shorter than it was.</exception>
    public void ReadAt(long position, Span<byte> bytes)
    {
        Inner.Position = position;
        Inner.ReadExactly(bytes);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Inner.Read(buffer);
        }
        catch (Exception error)
        {
            Failure = error;
            throw;
        }
    }
}
