using Microsoft.Win32.SafeHandles;

namespace AnomalyKit.Tool.Output;

/// <summary>Standard output as a stream that says once when nobody reads any more, or the disk is full, and is silent from then on.</summary>
internal sealed class StandardOutput : Stream
{
    private const int BufferBytes = 1 << 16;

    private readonly Stream _inner = Open();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _count;
    private bool _isBroken;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty && !_isBroken)
        {
            int taken = Math.Min(buffer.Length, BufferBytes - _count);
            buffer[..taken].CopyTo(_buffer.AsSpan(_count));
            _count += taken;
            buffer = buffer[taken..];
            if (_count == BufferBytes)
                Flush();
        }
    }

    public override void Flush()
    {
        int count = _count;
        _count = 0;
        if (_isBroken || count == 0)
            return;
        try
        {
            _inner.Write(_buffer, 0, count);
            _inner.Flush();
        }
        catch
        {
            _isBroken = true;
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        // The console's own stream goes on in silence when a pipe is closed. A file keeps it: others may write behind us, and it leaves the position to the system.
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
