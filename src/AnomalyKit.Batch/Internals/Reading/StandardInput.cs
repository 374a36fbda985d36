namespace AnomalyKit.Batch.Reading;

/// <summary>Standard input that stops waiting when the work is cancelled: a pipe may be silent for ever.</summary>
internal sealed class StandardInput(CancellationToken cancellationToken) : Stream
{
    private const int BufferBytes = 1 << 16;

    private readonly Stream _input = Console.OpenStandardInput();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && buffer.Length > 0)
        {
            // A read that is left behind keeps its buffer, which is not used again: whoever cancels reads no more.
            var read = Task.Run(() => _input.Read(_buffer), CancellationToken.None);
            read.Wait(cancellationToken);
            (_start, _end) = (0, read.Result);
        }

        int count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
