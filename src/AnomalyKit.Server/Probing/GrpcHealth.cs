using AnomalyKit.Server.Stopping;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AnomalyKit.Server.Probing;

/// <summary>The protocol <c>grpc.health.v1</c> on the gRPC port, which probes of Kubernetes and load balancers speak: serving while <c>/health/ready</c> says ready, for the service as a whole and for the inference by its name.</summary>
internal static class GrpcHealth
{
    private const string Inference = "inference.GRPCInferenceService";

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<StopCheck>();
        services.AddHealthChecks().AddCheck<StopCheck>("stopping", HealthStatus.Unhealthy, ["ready"]);
        services.AddGrpcHealthChecks(options =>
        {
            options.Services.Clear();
            options.Services.Map("", check => check.Tags.Contains("ready"));
            options.Services.Map(Inference, check => check.Tags.Contains("ready"));
        });
        // Who watches is told within a second or two, as the loader and its monitors look every second.
        services.Configure<HealthCheckPublisherOptions>(publisher => (publisher.Delay, publisher.Period) = (TimeSpan.Zero, TimeSpan.FromSeconds(2)));
    }

    /// <summary>As the other health routes: open to all.</summary>
    public static void Map(WebApplication app) => app.MapGrpcHealthChecksService();

    private sealed class StopCheck(StopState state) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(state.IsStopping ? new HealthCheckResult(context.Registration.FailureStatus, "The service is stopping.") : HealthCheckResult.Healthy());
    }
}
