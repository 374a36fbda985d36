using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Whether requests should be sent here: all required models were loaded, and the host is not stopping.</summary>
internal sealed class ServerReadiness(IDetectorPool pool, IHostApplicationLifetime lifetime)
{
    public bool IsReady => pool.IsReady && !lifetime.ApplicationStopping.IsCancellationRequested;
}
