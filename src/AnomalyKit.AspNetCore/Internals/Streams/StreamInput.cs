using System.IO.Compression;
using System.IO.Pipelines;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Streams;

/// <summary>The bytes of a stream, expanded where they come compressed.</summary>
internal static class StreamInput
{
    public static PipeReader Open(HttpRequest request)
    {
        if (!BodyDecompression.IsNeeded(request))
            return request.BodyReader;
        string encoding = request.Headers.ContentEncoding[0]!.ToLowerInvariant();
        Stream expanding = encoding switch
        {
            "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            _ => new GZipStream(request.Body, CompressionMode.Decompress),
        };
        return PipeReader.Create(expanding);
    }
}
