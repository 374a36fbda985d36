using AnomalyKit;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Guarding;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Guards other endpoints of a host like those of anomaly detection.</summary>
public static class AnomalyDetectionEndpointConventionBuilderExtensions
{
    /// <summary>Asks for an API key of <see cref="AnomalyServingOptions.Keys"/> before these endpoints, for example <c>/metrics</c> or services of gRPC. Without keys they stay open.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The endpoints.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Errors that escape the endpoints are answered as problem details of RFC 9457, or as a status of gRPC.</remarks>
    public static TBuilder RequireAnomalyKitKey<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint =>
        {
            endpoint.ApplicationServices.GetRequiredService<EndpointGuard>().Convention(EndpointAccess.Key, ErrorForm.Problem)(endpoint);
        });
        return builder;
    }
}
