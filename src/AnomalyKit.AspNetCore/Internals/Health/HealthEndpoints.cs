using System.Text.Json;
using AnomalyKit.Serving.Routes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Serving.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: requests can be sent here.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, IDetectorPool pool)
    {
        var readiness = endpoints.ServiceProvider.GetRequiredService<ServerReadiness>();
        MethodRoute.Get(endpoints, "/health/live", context => JsonResponse.WriteAsync(context, json => json.WriteString("status", "live")));
        MethodRoute.Get(endpoints, "/health/ready", context => ReadyAsync(context, pool, readiness));
    }

    private static Task ReadyAsync(HttpContext context, IDetectorPool pool, ServerReadiness readiness)
    {
        var reasons = new List<string>();
        if (readiness.IsStopping)
            reasons.Add("The service is stopping.");
        else if (!readiness.IsReady)
            reasons.AddRange(Missing(pool));
        bool isReady = reasons.Count == 0;
        // A model that is served goes on being served when a later version of it cannot be loaded.
        string[] failed = [.. pool.Statuses.Where(status => status is { IsLoaded: true, Error: not null }).Select(status => $"Model '{status.Name}' could not be reloaded. Its last good version is still served.")];
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (!isReady)
            context.Response.Headers.RetryAfter = "1";
        return JsonResponse.WriteAsync(context, json => Write(json, isReady, isReady ? failed : reasons));
    }

    // Health routes are open, and what is wrong with a model file may name folders: the log has that.
    private static List<string> Missing(IDetectorPool pool)
    {
        var missing = pool.Statuses.Where(status => status is { IsRequired: true, IsLoaded: false }).Select(status => $"Model '{status.Name}', version '{status.Version}', is not loaded.").ToList();
        return missing.Count > 0 ? missing : ["No model is loaded."];
    }

    private static void Write(Utf8JsonWriter json, bool isReady, IReadOnlyCollection<string> reasons)
    {
        json.WriteString("status", !isReady ? "not_ready" : reasons.Count > 0 ? "degraded" : "ready");
        json.WriteStartArray("reasons");
        foreach (string reason in reasons)
            json.WriteStringValue(reason);
        json.WriteEndArray();
    }
}
