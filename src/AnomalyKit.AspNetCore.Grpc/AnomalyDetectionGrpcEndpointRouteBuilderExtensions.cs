using AnomalyKit.Serving.Calls;
using AnomalyKit.Serving.Requests;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the Open Inference Protocol over gRPC.</summary>
public static class AnomalyDetectionGrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps the service <c>inference.GRPCInferenceService</c>: metadata, health and scoring, with the keys and limits of the HTTP endpoints.</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>A builder for conventions of these endpoints.</returns>
    /// <exception cref="InvalidOperationException">The services are missing: <c>builder.Services.AddAnomalyDetection().AddServing()</c> and <c>builder.Services.AddAnomalyDetectionGrpc()</c>.</exception>
    /// <remarks>gRPC needs HTTP/2. Without TLS a port speaks either HTTP/1.1 or HTTP/2: give gRPC a port of its own, with <c>HttpProtocols.Http2</c>.</remarks>
    public static IEndpointConventionBuilder MapAnomalyDetectionGrpc(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<ScoringRequests>() is null || endpoints.ServiceProvider.GetService<InferenceService>() is null)
            throw new InvalidOperationException("The services of anomaly detection over gRPC are missing. Call builder.Services.AddAnomalyDetection().AddServing() and builder.Services.AddAnomalyDetectionGrpc() before the application is built.");
        var guard = endpoints.ServiceProvider.GetRequiredService<CallGuard>();
        var calls = endpoints.MapGrpcService<InferenceService>();
        calls.Add(guard.Apply);
        return calls;
    }
}
