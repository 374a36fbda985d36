using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Guarding;
using AnomalyKit.Serving.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Serving.Protocol;

/// <summary>The routes of the Open Inference Protocol v2.</summary>
internal static class ProtocolEndpoints
{
    private const string ModelPath = $"/v2/models/{{{ModelRoute.Model}}}";
    private const string VersionPath = $"{ModelPath}/versions/{{{ModelRoute.Version}}}";

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] s_posting = [HttpMethods.Post];

    /// <summary>Maps all routes, guarded: health is open, the rest needs a key where there are keys.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var guard = services.GetRequiredService<EndpointGuard>();
        var pool = services.GetRequiredService<IDetectorPool>();
        var requests = services.GetRequiredService<ScoringRequests>();
        var metadata = new MetadataEndpoints(pool, new ServerReadiness(pool, services.GetRequiredService<IHostApplicationLifetime>()));
        var open = Group(endpoints, guard, EndpointAccess.Open);
        open.MapMethods("/v2/health/live", s_reading, MetadataEndpoints.LiveAsync);
        open.MapMethods("/v2/health/ready", s_reading, metadata.ReadyAsync);
        var keyed = Group(endpoints, guard, EndpointAccess.Key);
        keyed.MapMethods("/v2", s_reading, MetadataEndpoints.ServerAsync);
        var infer = new InferEndpoint(requests, new Inferring(requests), pool);
        foreach (string model in (ReadOnlySpan<string>)[ModelPath, VersionPath])
        {
            keyed.MapMethods(model, s_reading, metadata.ModelAsync);
            keyed.MapMethods($"{model}/ready", s_reading, metadata.ModelReadyAsync);
            keyed.MapMethods($"{model}/infer", s_posting, infer.InvokeAsync);
        }
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder endpoints, EndpointGuard guard, EndpointAccess access)
    {
        var group = endpoints.MapGroup("");
        ((IEndpointConventionBuilder)group).Add(guard.Convention(access, ErrorForm.Protocol));
        return group;
    }
}
