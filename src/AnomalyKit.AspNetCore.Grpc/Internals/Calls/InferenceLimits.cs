using AnomalyKit.Serving.Requests;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Serving.Calls;

/// <summary>Holds messages to the limits of HTTP bodies, compressed or not.</summary>
internal sealed class InferenceLimits(ScoringRequests requests, IOptions<GrpcServiceOptions> common) : IConfigureOptions<GrpcServiceOptions<InferenceService>>
{
    /// <inheritdoc/>
    public void Configure(GrpcServiceOptions<InferenceService> options)
    {
        options.MaxReceiveMessageSize = (int)Math.Min(requests.Options.MaxRequestBytes, int.MaxValue);
        options.MaxSendMessageSize = null;
        options.EnableDetailedErrors = false;
        options.CompressionProviders = [.. common.Value.CompressionProviders.Select(provider => new BoundedCompression(provider, requests))];
    }
}
