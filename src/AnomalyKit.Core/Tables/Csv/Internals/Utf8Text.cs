using System.Numerics;
using System.Text;

namespace AnomalyKit.Csv;

/// <summary>Text on its way into a stream, as UTF-8.</summary>
/// <param name="stream">Takes the bytes.</param>
/// <param name="leaveOpen">Whether the stream stays open when this is disposed.</param>
internal sealed class Utf8Text(Stream stream, bool leaveOpen) : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int MostBytesOfChar = 3;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _count;
    private bool _closed;

    /// <summary>Appends an ASCII character.</summary>
    public void Write(byte character)
    {
        if (_count == BufferBytes)
            Flush();
        _buffer[_count++] = character;
    }

    /// <summary>Appends bytes that are UTF-8.</summary>
    public void Write(ReadOnlySpan<byte> text)
    {
        while (!text.TryCopyTo(_buffer.AsSpan(_count)))
        {
            int fitting = BufferBytes - _count;
            text[..fitting].CopyTo(_buffer.AsSpan(_count));
            _count = BufferBytes;
            text = text[fitting..];
            Flush();
        }

        _count += text.Length;
    }

    /// <summary>Appends text.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        const int MostChars = BufferBytes / MostBytesOfChar;
        while (text.Length > MostChars)
        {
            // A character of two halves is not cut.
            int taken = char.IsHighSurrogate(text[MostChars - 1]) ? MostChars - 1 : MostChars;
            Append(text[..taken]);
            text = text[taken..];
        }

        Append(text);
    }

    /// <summary>Appends a number.</summary>
    public void Write<T>(T value, IFormatProvider provider)
        where T : INumber<T>
    {
        if (!value.TryFormat(_buffer.AsSpan(_count), out int written, default, provider))
        {
            Flush();
            if (!value.TryFormat(_buffer, out written, default, provider))
                throw new InvalidOperationException("A number is longer than a buffer.");
        }

        _count += written;
    }

    /// <summary>Hands on what is left, and closes the stream.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        try
        {
            Flush();
            stream.Flush();
        }
        finally
        {
            if (!leaveOpen)
                stream.Dispose();
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (BufferBytes - _count < MostBytesOfChar * text.Length)
            Flush();
        _count += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_count));
    }

    private void Flush()
    {
        // Bytes that could not be written are not written twice.
        int count = _count;
        _count = 0;
        if (count > 0)
            stream.Write(_buffer, 0, count);
    }
}
