using System.Runtime.InteropServices;

namespace AnomalyKit.Tool.Running;

/// <summary>Turns SIGINT, SIGHUP and SIGTERM into a cancellation, so that half-written files are removed; a second signal ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Running.ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, Running.ExitCode.HungUp)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Running.ExitCode.Terminated)),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>What to end with after a cancellation.</summary>
    public int ExitCode => _exitCode == 0 ? Running.ExitCode.Interrupted : _exitCode;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
            return;
        context.Cancel = true;
        _source.Cancel();
    }
}
