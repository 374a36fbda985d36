using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AnomalyKit.Server.Stopping;

/// <summary>
/// Stops so that no request is lost: from SIGTERM on the service is not ready and asks its clients, response by response, to reconnect elsewhere; after the delay it takes no more connections,
/// and the requests that it has go on to their ends.
/// </summary>
internal static class GracefulStop
{
    private const string GrpcUnavailable = "14";
    private const string Reason = "The service is stopping.";

    public static void AddTo(IServiceCollection services, ServerOptions options)
    {
        var newcomers = new Newcomers();
        var listeners = new Listeners(newcomers);
        services.AddSingleton(newcomers);
        services.AddSingleton(listeners);
        services.Configure<SocketTransportOptions>(listeners.Watch);
        services.AddSingleton<StopState>();
        services.AddSingleton<IHostLifetime, SignalLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.StopTimeoutSeconds));
    }

    public static void Use(WebApplication app)
    {
        var state = app.Services.GetRequiredService<StopState>();
        var newcomers = app.Services.GetRequiredService<Newcomers>();
        app.Use(next => context =>
        {
            newcomers.Ask(context.Connection.Id);
            if (!state.IsStopping)
                return next(context);
            // "Connection: close" on HTTP/1.1, GOAWAY on HTTP/2.
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            return IsReadiness(context.Request.Path.Value) ? RefuseReadiness(context) : next(context);
        });
    }

    // /health/ready, /v2/health/ready, /v2/models/NAME/ready; ServerReady and ModelReady of gRPC.
    private static bool IsReadiness(string? path) => path is not null && path.EndsWith("ready", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseReadiness(HttpContext context)
    {
        if (context.Request.ContentType is { } type && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.ContentType = type;
            context.Response.Headers["grpc-status"] = GrpcUnavailable;
            context.Response.Headers["grpc-message"] = Reason;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        context.Response.ContentType = "application/json";
        // The shape that each route has at other times.
        return context.Response.WriteAsync(context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
            ? $$"""{"status":"not_ready","reasons":["{{Reason}}"]}"""
            : $$"""{"ready":false,"error":"{{Reason}}"}""");
    }
}
