using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Guarding;
using AnomalyKit.Serving.Protocol;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the endpoints of anomaly detection.</summary>
public static class AnomalyDetectionEndpointRouteBuilderExtensions
{
    /// <summary>Adds all endpoints: scoring, models, health, the Open Inference Protocol, documentation, and administration where it is enabled.</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>A builder for conventions of all these endpoints.</returns>
    /// <exception cref="InvalidOperationException">The services are missing: <c>builder.Services.AddAnomalyDetection().AddServing()</c>.</exception>
    public static IEndpointConventionBuilder MapAnomalyDetection(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var guard = endpoints.ServiceProvider.GetService<EndpointGuard>()
            ?? throw new InvalidOperationException("The services of anomaly detection are missing. Call builder.Services.AddAnomalyDetection().AddServing() before the application is built.");
        var all = endpoints.MapGroup("");
        var own = all.MapGroup("");
        ((IEndpointConventionBuilder)own).Add(guard.Convention(EndpointAccess.Key, ErrorForm.Problem));
        ProtocolEndpoints.Map(all);
        return all;
    }
}
