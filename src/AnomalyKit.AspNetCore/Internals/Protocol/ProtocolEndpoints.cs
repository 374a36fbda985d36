using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Guarding;
using AnomalyKit.Serving.Health;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Serving.Protocol;

/// <summary>The routes of the Open Inference Protocol v2.</summary>
internal static class ProtocolEndpoints
{
    private const string ModelPath = "/v2/models/{name}";
    private const string VersionPath = ModelPath + "/versions/{version}";

    /// <summary>Maps all routes, guarded: health is open, the rest needs a key where there are keys.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var guard = services.GetRequiredService<EndpointGuard>();
        var pool = services.GetRequiredService<IDetectorPool>();
        var requests = services.GetRequiredService<ScoringRequests>();
        var metadata = new MetadataEndpoints(pool, services.GetRequiredService<ServerReadiness>());
        var open = Group(endpoints, guard, EndpointAccess.Open);
        MethodRoute.Get(open, "/v2/health/live", MetadataEndpoints.LiveAsync);
        MethodRoute.Get(open, "/v2/health/ready", metadata.ReadyAsync);
        var keyed = Group(endpoints, guard, EndpointAccess.Key);
        MethodRoute.Get(keyed, "/v2", MetadataEndpoints.ServerAsync);
        var infer = new InferEndpoint(requests, new Inferring(requests), pool);
        foreach (string model in (ReadOnlySpan<string>)[ModelPath, VersionPath])
        {
            MethodRoute.Get(keyed, model, metadata.ModelAsync);
            MethodRoute.Get(keyed, $"{model}/ready", metadata.ModelReadyAsync);
            MethodRoute.Post(keyed, $"{model}/infer", infer.InvokeAsync);
        }

        MethodRoute.NotFound(keyed, "/v2/{**rest}", "/v2, /v2/health/live, /v2/health/ready and /v2/models/NAME[/versions/VERSION][/ready or /infer]");
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder endpoints, EndpointGuard guard, EndpointAccess access)
    {
        var group = endpoints.MapGroup("");
        ((IEndpointConventionBuilder)group).Add(guard.Convention(access, ErrorForm.Protocol));
        return group;
    }
}
