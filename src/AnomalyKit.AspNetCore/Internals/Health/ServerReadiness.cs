using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Serving.Health;

/// <summary>Whether requests should be sent here: all required models were loaded, and the host is not stopping.</summary>
internal sealed class ServerReadiness(IDetectorPool pool, IHostApplicationLifetime lifetime)
{
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public bool IsReady => pool.IsReady && !IsStopping;
}
