namespace AnomalyKit.Parquet.Writing;

/// <summary>Passes writes on until it is told to stop: native code that is closed early would write a footer, and make a shorter file that looks whole.</summary>
internal sealed class AbortableStream(Stream inner) : Stream
{
    private bool _isAborted;
    private long _position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _isAborted ? _position : inner.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>From now on nothing is written, and nobody is told.</summary>
    public void Abort()
    {
        _isAborted = true;
        _position = inner.CanSeek ? inner.Position : 0;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isAborted)
            _position += buffer.Length;
        else
            inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        if (!_isAborted)
            inner.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
