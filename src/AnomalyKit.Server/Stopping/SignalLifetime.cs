using System.Runtime.InteropServices;

namespace AnomalyKit.Server.Stopping;

/// <summary>Stops the host on signals: after a delay on SIGTERM, which an orchestrator sends, at once on Ctrl+C; a second signal ends the process.</summary>
internal sealed partial class SignalLifetime(IHostApplicationLifetime application, StopState state, Listeners listeners, ServerOptions options, ILogger<SignalLifetime> log) : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private PosixSignalRegistration[] _registrations = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, TimeSpan.FromSeconds(options.StopDelaySeconds))),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, TimeSpan.Zero)),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Stop(context, TimeSpan.Zero)),
        ];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private void Stop(PosixSignalContext context, TimeSpan delay)
    {
        if (state.IsStopping)
            return;
        context.Cancel = true;
        state.Begin();
        Stops(log, context.Signal, delay.TotalSeconds, options.StopTimeoutSeconds);
        _ = StopAfterAsync(delay);
    }

    private async Task StopAfterAsync(TimeSpan delay)
    {
        await Task.Delay(delay, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await listeners.QuietAsync().ConfigureAwait(false);
        application.StopApplication();
    }

    [LoggerMessage(10, LogLevel.Information, "{Signal}: no longer ready. Serving continues for {DelaySeconds} s; then running requests have {TimeoutSeconds} s to finish.")]
    private static partial void Stops(ILogger log, PosixSignal signal, double delaySeconds, double timeoutSeconds);
}
