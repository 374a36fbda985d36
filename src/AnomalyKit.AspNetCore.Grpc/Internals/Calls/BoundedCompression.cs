using System.IO.Compression;
using AnomalyKit.Serving.Requests;
using Grpc.Net.Compression;

namespace AnomalyKit.Serving.Calls;

/// <summary>A compression whose expanded messages have the limit of others: by itself, the server expands whatever it is sent.</summary>
internal sealed class BoundedCompression(ICompressionProvider inner, ScoringRequests requests) : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => inner.EncodingName;

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => inner.CreateCompressionStream(stream, compressionLevel);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) => new BoundedStream(inner.CreateDecompressionStream(stream), requests);
}
