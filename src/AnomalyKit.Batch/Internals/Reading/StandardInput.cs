using AnomalyKit.Streams;

namespace AnomalyKit.Batch.Reading;

/// <summary>Standard input that stops waiting when the work is cancelled: a pipe may be silent for ever.</summary>
internal sealed class StandardInput : ForwardStream
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Standard input as Unix names it.</summary>
    private const string Descriptor = "/dev/fd/0";

    private readonly Stream _input;
    private readonly CancellationToken _cancellationToken;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    /// <exception cref="IOException">Standard input is closed, or a folder.</exception>
    public StandardInput(CancellationToken cancellationToken)
        : this(Open(), cancellationToken)
    {
    }

    internal StandardInput(Stream input, CancellationToken cancellationToken)
    {
        _input = input;
        _cancellationToken = cancellationToken;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && buffer.Length > 0)
        {
            // A read that is left behind keeps its buffer, which is not used again: whoever cancels reads no more.
            var read = Task.Run(() => _input.Read(_buffer), CancellationToken.None);
            (_start, _end) = (0, read.WaitAsync(_cancellationToken).GetAwaiter().GetResult());
        }

        int count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private static Stream Open()
    {
        if (ClosedInput.Is("/proc/self"))
            throw new IOException("Standard input is closed, so no rows can be read from it. Give it a file or a pipe, or name the files.");
        if (Directory.Exists(Descriptor))
            throw new IOException("Standard input is a folder, so no rows can be read from it. Name the folder instead of '-' to read the files in it.");
        return Console.OpenStandardInput();
    }
}
