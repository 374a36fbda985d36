namespace AnomalyKit.Fits;

/// <summary>A run whose failures are gathered and never thrown: what it tells of is worth more than what it tells.</summary>
internal sealed class SafeRun : IDisposable
{
    private readonly List<string> _problems = [];
    private ITrackedRun? _run;

    private SafeRun()
    {
    }

    /// <summary>Starts a run. One that cannot be started takes everything and keeps nothing.</summary>
    public static SafeRun Start(IRunTracker tracker, RunStart start)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(start);
        var safe = new SafeRun();
        try
        {
            safe._run = tracker.StartRun(start);
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            // A name that cannot be kept is told at once, before any work is done.
            safe._problems.Add(e.Message);
        }

        return safe;
    }

    public void Try(Action<ITrackedRun> log)
    {
        if (_run is null)
            return;
        try
        {
            log(_run);
        }
        catch (Exception e)
        {
            // Trackers are anybody's, and files may be gone: nothing of that is worth the work that was done.
            _problems.Add(e.Message);
        }
    }

    /// <summary>Does the work that the run tells of, and ends the run as the work ends.</summary>
    public TrackedFit<TDetector> Around<TDetector>(Func<TDetector> fit)
    {
        TDetector detector;
        try
        {
            detector = fit();
        }
        catch (OperationCanceledException)
        {
            Try(run => run.Complete(RunStatus.Killed));
            throw;
        }
        catch (Exception e)
        {
            Try(run => run.SetTag("error", e.Message));
            Try(run => run.Complete(RunStatus.Failed));
            throw;
        }

        Try(run => run.Complete());
        return new TrackedFit<TDetector>(detector, _run?.Id, _problems);
    }

    public void Dispose() => Try(run => run.Dispose());
}
