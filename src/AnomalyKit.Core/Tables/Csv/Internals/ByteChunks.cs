namespace AnomalyKit.Csv;

/// <summary>Cuts a text into runs of whole lines, none of which ends within quotes.</summary>
/// <remarks>Where quotes stand within cells that are not quoted, a cut may go through a record. Neither half can be read then, which whoever reads them notices.</remarks>
internal sealed class ByteChunks(Stream bytes, int chunkBytes)
{
    private const int LargestFactor = 16;
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';

    private byte[] _rest = [];
    private bool _atEnd;

    /// <summary>The next run; nothing at the end.</summary>
    /// <param name="isWhole">False where no end of a line was found within the largest run.</param>
    public byte[]? Next(out bool isWhole)
    {
        isWhole = true;
        byte[] buffer = new byte[Math.Max(chunkBytes, 2 * _rest.Length)];
        _rest.CopyTo(buffer, 0);
        int length = _rest.Length;
        while (true)
        {
            if (!_atEnd)
            {
                int read = bytes.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
                _atEnd = read < buffer.Length - length;
                length += read;
            }

            if (_atEnd)
            {
                _rest = [];
                return length == 0 ? null : buffer[..length];
            }

            int end = LastEnd(buffer.AsSpan(0, length));
            if (end > 0)
            {
                _rest = buffer[end..length];
                return buffer[..end];
            }

            if (buffer.Length >= LargestFactor * (long)chunkBytes)
            {
                isWhole = false;
                return buffer;
            }

            Array.Resize(ref buffer, 2 * buffer.Length);
        }
    }

    /// <summary>Behind the last line that ends outside quotes; 0 where there is none.</summary>
    private static int LastEnd(ReadOnlySpan<byte> text)
    {
        int quotes = text.Count(Quote);
        while (text.LastIndexOf(LineFeed) is var at and >= 0)
        {
            quotes -= text[at..].Count(Quote);
            if (quotes % 2 == 0)
                return at + 1;
            text = text[..at];
        }

        return 0;
    }
}
