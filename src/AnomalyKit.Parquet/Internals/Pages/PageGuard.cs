using AnomalyKit.Parquet.Files;

namespace AnomalyKit.Parquet.Pages;

/// <summary>
/// Looks at the headers of the pages before the library underneath does: it takes the memory that a page claims, and a file of a few kilobytes can claim gigabytes.
/// </summary>
internal static class PageGuard
{
    /// <summary>A page of this size is let through whatever it is compressed from.</summary>
    private const long FreeSize = 8 << 20;

    private const int MaxHeader = 16 << 20;

    /// <exception cref="InvalidDataException">A page claims what its bytes cannot hold.</exception>
    public static void Check(SourceStream stream, ChunkPlace place)
    {
        if (place.Start < 4 || place.Length < 0 || place.Start > stream.Length || place.Length > stream.Length - place.Start)
            throw new InvalidDataException($"pages are said to lie at {place.Start}, {place.Length} bytes long, in a file of {stream.Length} bytes");
        byte[] buffer = new byte[256];
        long end = place.Start + place.Length;
        for (long at = place.Start; at < end;)
        {
            var page = Header(stream, at, end, ref buffer);
            if (page.Uncompressed > Math.Max(FreeSize, MaxRatio(place.Codec) * (page.Compressed + 64)))
                throw new InvalidDataException($"the page at {at} claims to hold {page.Uncompressed} bytes in {page.Compressed}");
            if (page.Compressed < 0 || page.Uncompressed < 0 || page.Compressed > end - at - page.HeaderLength)
                throw new InvalidDataException($"the page at {at} claims {page.Compressed} bytes, more than there are");
            if (page.DictionaryWords > page.Uncompressed * 8)
                throw new InvalidDataException($"the dictionary at {at} claims {page.DictionaryWords} words in {page.Uncompressed} bytes");
            at += page.HeaderLength + page.Compressed;
        }
    }

    /// <summary>How often more bytes come out than go in, at most.</summary>
    private static long MaxRatio(int codec) => codec switch
    {
        0 => 1,
        1 => 24, // Snappy: three bytes copy 64.
        2 => 1_040, // Deflate: two bits copy 258.
        5 or 7 => 260, // LZ4: one byte lengthens a copy by 255.
        _ => 40_000, // Zstandard: four bytes make a block of 128 KiB. Brotli: much the same.
    };

    private static PageClaim Header(SourceStream stream, long at, long end, ref byte[] buffer)
    {
        while (true)
        {
            int length = (int)Math.Min(buffer.Length, end - at);
            stream.ReadAt(at, buffer.AsSpan(0, length));
            try
            {
                return PageClaim.Read(buffer.AsSpan(0, length));
            }
            catch (Exception error) when (error is EndOfStreamException or InvalidDataException && length < end - at && buffer.Length < MaxHeader)
            {
                // Statistics of long words make long headers.
                buffer = new byte[buffer.Length * 16];
            }
        }
    }
}
