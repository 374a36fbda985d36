using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Serving.Hosting;

/// <summary>Loads the models of a host when it starts, and again when their files change; takes what monitors sampled off the hands of requests.</summary>
/// <remarks>
/// No BackgroundService: if a host fails to start, for example because its port is taken, before the thread pool has begun with such a service, the service counts as cancelled, and the host logs that as a critical
/// error with a stack trace.
/// </remarks>
internal sealed partial class ModelReloader(DetectorPool pool, CurrentOptions options, ILogger<ModelReloader> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan MonitorInterval = TimeSpan.FromSeconds(1);

    // Never disposed, and nothing is lost by that: it has no timer. The entry point of an application disposes the host while WebApplicationFactory stops it, so that a stop comes beside or after Dispose.
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Begins. The host goes on starting meanwhile: it is alive, and not ready yet.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // With options that cannot be used, the host does not start.
        _ = options.Value;
        if (!pool.HasSources)
            NothingToServe(logger, SourcesText.None);
        var stopping = _stopping.Token;
        _running = Task.Run(() => RunAsync(stopping), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Cancel();

    private async Task RunAsync(CancellationToken stoppingToken)
    {
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
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Cancelled, or what it needs was disposed with the host.
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

    [LoggerMessage(13, LogLevel.Warning, "{Reason}")]
    private static partial void NothingToServe(ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Error, "What was sampled of model {Model} could not be compared with its training rows.")]
    private static partial void TakingInFailed(ILogger logger, Exception exception, string model);

    [LoggerMessage(10, LogLevel.Error, "The files of models could not be looked at; they will be again.")]
    private static partial void ReloadFailed(ILogger logger, Exception exception);
}
