using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Serving.Hosting;

/// <summary>Loads the models of a host when it starts, and again when their files change; takes what monitors sampled off the hands of requests.</summary>
internal sealed partial class ModelReloader(DetectorPool pool, CurrentOptions options, ILogger<ModelReloader> logger) : BackgroundService
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
            var interval = options.Value.ReloadInterval;
            bool isFirst = nextReload == TimeSpan.Zero;
            if (isFirst || (interval > TimeSpan.Zero && watch.Elapsed >= nextReload))
            {
                await ReloadAsync(stoppingToken).ConfigureAwait(false);
                nextReload = watch.Elapsed + (interval > TimeSpan.Zero ? interval : MonitorInterval);
            }

            foreach (var model in pool.Models)
                TakeIn(model);
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

    private void TakeIn(ServedModel model)
    {
        try
        {
            model.Monitor?.TakeIn();
        }
        catch (Exception exception)
        {
            // A detector of somebody else may give scores that cannot be watched: the others go on.
            TakingInFailed(logger, exception, model.ToString());
        }
    }

    [LoggerMessage(12, LogLevel.Error, "What was sampled of model {Model} could not be compared with its training rows.")]
    private static partial void TakingInFailed(ILogger logger, Exception exception, string model);

    [LoggerMessage(10, LogLevel.Error, "The files of models could not be looked at; they will be again.")]
    private static partial void ReloadFailed(ILogger logger, Exception exception);
}
