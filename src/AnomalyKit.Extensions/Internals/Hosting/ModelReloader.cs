using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Serving.Hosting;

/// <summary>Loads the models of a host when it starts, and again when their files change; takes what monitors sampled off the hands of requests.</summary>
internal sealed partial class ModelReloader(DetectorPool pool, IOptionsMonitor<AnomalyDetectionOptions> options, ILogger<ModelReloader> logger) : BackgroundService
{
    private static readonly TimeSpan MonitorInterval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host goes on starting meanwhile: it is alive, and not ready yet.
        await Task.Yield();
        var nextReload = TimeSpan.Zero;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!stoppingToken.IsCancellationRequested)
        {
            var interval = options.CurrentValue.ReloadInterval;
            bool isFirst = nextReload == TimeSpan.Zero;
            if (isFirst || (interval > TimeSpan.Zero && watch.Elapsed >= nextReload))
            {
                await ReloadAsync(stoppingToken).ConfigureAwait(false);
                nextReload = watch.Elapsed + (interval > TimeSpan.Zero ? interval : MonitorInterval);
            }

            foreach (var model in pool.Models)
                model.Monitor?.TakeIn();
            var wait = interval > TimeSpan.Zero && interval < MonitorInterval ? interval : MonitorInterval;
            await Task.Delay(wait, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReloadAsync(CancellationToken stoppingToken)
    {
        try
        {
            await pool.ReloadAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            // Nothing that goes wrong here may end the host or the watching.
            ReloadFailed(logger, exception);
        }
    }

    [LoggerMessage(10, LogLevel.Error, "The files of models could not be looked at; they will be again.")]
    private static partial void ReloadFailed(ILogger logger, Exception exception);
}
