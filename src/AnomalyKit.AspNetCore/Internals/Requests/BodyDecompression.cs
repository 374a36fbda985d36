using System.IO.Compression;
using System.Runtime.InteropServices;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Requests;

/// <summary>Expands bodies that were sent compressed, up to the limit of a body.</summary>
/// <remarks>What was sent is in memory as a whole before it is expanded: a client that stalls keeps no more than it sent.</remarks>
internal sealed class BodyDecompression(RequestGate gate, AnomalyServingOptions options)
{
    private const string Encodings = "gzip, br, deflate";

    /// <summary>Whether a body is compressed.</summary>
    /// <exception cref="RequestException">415: in a way that is not known.</exception>
    public static bool IsNeeded(HttpRequest request)
    {
        var encodings = request.Headers.ContentEncoding;
        if (encodings.Count == 0 || (encodings.Count == 1 && string.Equals(encodings[0], "identity", StringComparison.OrdinalIgnoreCase)))
            return false;
        if (encodings.Count == 1 && KindOf(encodings[0]) is not null)
            return true;
        throw new RequestException(
            StatusCodes.Status415UnsupportedMediaType, $"The Content-Encoding is '{encodings}'; this service reads one of {Encodings}, or a body that is not compressed.");
    }

    /// <summary>Expands a body that was read with a <see cref="BodyReader"/>.</summary>
    /// <returns>Another body, to be disposed of besides the first.</returns>
    /// <exception cref="RequestException">400: it is damaged; 413: it is too large; 429: memory for bodies is full.</exception>
    public RequestBody Expand(HttpRequest request, in RequestBody body)
    {
        SequenceMarshal.TryGetReadOnlyMemory(body.Bytes, out var compressed);
        MemoryMarshal.TryGetArray(compressed, out var array);
        int max = (int)options.MaxRequestBytes;
        var bytes = new PooledBytes(gate, Math.Clamp(4 * array.Count, 1024, Math.Min(max, 1 << 20)));
        try
        {
            using var source = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
            using Stream expanding = KindOf(request.Headers.ContentEncoding[0]) switch
            {
                Kind.Gzip => new GZipStream(source, CompressionMode.Decompress),
                Kind.Brotli => new BrotliStream(source, CompressionMode.Decompress),
                _ => new ZLibStream(source, CompressionMode.Decompress),
            };
            // One byte more than may be tells a body at the limit from one above it.
            for (int read; (read = expanding.Read(bytes.Room(max + 1).Span)) > 0;)
            {
                bytes.Advance(read);
                if (bytes.Count > max)
                    throw BodyLimit.TooLarge(max);
            }

            return new RequestBody(bytes);
        }
        catch (Exception e)
        {
            bytes.Dispose();
            if (e is InvalidDataException or InvalidOperationException or IOException)
                throw new RequestException(StatusCodes.Status400BadRequest, $"The body does not match its Content-Encoding '{request.Headers.ContentEncoding}'. It is damaged or truncated. Compress it again, or send it uncompressed.", e);
            throw;
        }
    }

    private static Kind? KindOf(string? encoding) => encoding?.ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => Kind.Gzip,
        "br" => Kind.Brotli,
        "deflate" => Kind.Deflate,
        _ => null,
    };

    private enum Kind
    {
        Gzip,
        Brotli,
        Deflate,
    }
}
