using System.Buffers;

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
    /// <returns>Bytes of a rented array, which whoever reads them gives back.</returns>
    public ArraySegment<byte>? Next(out bool isWhole)
    {
        isWhole = true;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(chunkBytes, 2 * _rest.Length));
        _rest.CopyTo(buffer, 0);
        int length = _rest.Length;
        while (true)
        {
            int wanted = Math.Max(chunkBytes, 2 * _rest.Length);
            if (!_atEnd && length < wanted)
            {
                int read = bytes.ReadAtLeast(buffer.AsSpan(length, wanted - length), wanted - length, throwOnEndOfStream: false);
                _atEnd = read < wanted - length;
                length += read;
            }

            if (_atEnd)
            {
                _rest = [];
                return length == 0 ? (ArraySegment<byte>?)null : new ArraySegment<byte>(buffer, 0, length);
            }

            int end = LastEnd(buffer.AsSpan(0, length));
            if (end > 0)
            {
                _rest = buffer[end..length];
                return new ArraySegment<byte>(buffer, 0, end);
            }

            if (length >= LargestFactor * (long)chunkBytes)
            {
                isWhole = false;
                return null;
            }

            _rest = buffer[..length];
            byte[] larger = ArrayPool<byte>.Shared.Rent(2 * length);
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
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
