using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Dashboard.Live;

/// <summary>Has the collector listen from the host's start on, not from the first viewer on.</summary>
internal sealed class LiveStart(LiveCollector collector) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        collector.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
