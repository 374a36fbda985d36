using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AnomalyKit.Serving.Hosting;

/// <summary>Unhealthy until every required model was loaded once, and while none is served; degraded while a file cannot be loaded and others are served.</summary>
internal sealed class DetectorPoolHealthCheck(DetectorPool pool) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] problems =
        [
            .. pool.Statuses.Where(status => status.Error is not null).Select(status => $"{status.Name}/{status.Version}: {status.Error}"),
            .. pool.FolderError is { } error ? [$"folder: {error}"] : Array.Empty<string>(),
            .. pool.DefaultModelError is { } missing ? [missing] : Array.Empty<string>(),
        ];
        string text = problems.Length > 0 ? string.Join(" ", problems) : "";
        return Task.FromResult(
            !pool.IsReady ? new HealthCheckResult(context.Registration.FailureStatus, text.Length > 0 ? text : pool.HasSources ? "No model is loaded." : SourcesText.None)
            : problems.Length > 0 ? HealthCheckResult.Degraded(text)
            : HealthCheckResult.Healthy($"{pool.Models.Count} served."));
    }
}
