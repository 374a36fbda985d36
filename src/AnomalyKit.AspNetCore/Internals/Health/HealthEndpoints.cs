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
        bool isReady = readiness.IsReady;
        IReadOnlyList<string> reasons = readiness.IsStopping ? ["The service is stopping."] : isReady ? HealthReasons.Failed(pool) : HealthReasons.Missing(pool);
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (!isReady)
            context.Response.Headers.RetryAfter = "1";
        return JsonResponse.WriteAsync(context, json => Write(json, isReady, reasons));
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
