using AnomalyKit.Streams;

namespace AnomalyKit.Batch.Reading;

/// <summary>Standard input that stops waiting when the work is cancelled: a pipe may be silent for ever.</summary>
internal sealed class StandardInput(CancellationToken cancellationToken) : ForwardStream
{
    private const int BufferBytes = 1 << 16;

    private readonly Stream _input = Console.OpenStandardInput();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

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
}
