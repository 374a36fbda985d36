using AnomalyKit;
using AnomalyKit.Serving.Admin;
using AnomalyKit.Serving.Documentation;
using AnomalyKit.Serving.Drift;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Guarding;
using AnomalyKit.Serving.Health;
using AnomalyKit.Serving.Keys;
using AnomalyKit.Serving.Models;
using AnomalyKit.Serving.Predict;
using AnomalyKit.Serving.Protocol;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Routes;
using AnomalyKit.Serving.Streams;
using AnomalyKit.Serving.TryPage;
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
        var services = endpoints.ServiceProvider;
        var pool = services.GetRequiredService<IDetectorPool>();
        var requests = services.GetRequiredService<ScoringRequests>();
        var all = endpoints.MapGroup("");
        HealthEndpoints.Map(Guarded(EndpointAccess.Open, ErrorForm.Problem), pool);
        var own = Guarded(EndpointAccess.Key, ErrorForm.Problem);
        MethodRoute.Post(own, "/predict", new PredictEndpoint(requests, pool).InvokeAsync);
        ScoreRoutes.Map(own, requests, pool);
        ModelEndpoints.Map(own, pool);
        DriftEndpoints.Map(own, pool);
        ProtocolEndpoints.Map(all);
        MethodRoute.NotFound(own, "/v1/{**rest}", "/v1/models, /v1/models/NAME, /v1/models/NAME/score and /v1/models/NAME/drift");
        if (requests.Options.EnableAdmin)
            AdminEndpoints.Map(Guarded(EndpointAccess.Admin, ErrorForm.Problem), services.GetRequiredService<DetectorPool>(), requests);
        else
            AdminEndpoints.MapOff(own);
        if (requests.Options.EnableDocumentation)
        {
            OpenApiEndpoint.Map(own, pool, services.GetRequiredService<KeyRing>().IsRequired);
            TryPageEndpoint.Map(Guarded(EndpointAccess.Open, ErrorForm.Problem));
        }

        return all;

        RouteGroupBuilder Guarded(EndpointAccess access, ErrorForm form)
        {
            var group = all.MapGroup("");
            ((IEndpointConventionBuilder)group).Add(guard.Convention(access, form));
            return group;
        }
    }
}
