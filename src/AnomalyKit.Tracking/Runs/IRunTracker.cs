namespace AnomalyKit;

/// <summary>Keeps runs: what was tried, with which options, on which data, and what came out.</summary>
/// <remarks>
/// Safe for any number of threads. What a call returns from is kept: in the store's file, or on disk until a server has taken it.
/// </remarks>
public interface IRunTracker : IDisposable
{
    /// <summary>Starts a run.</summary>
    /// <param name="start">The experiment it belongs to, its name, and what is known at its start.</param>
    /// <returns>The run; end it by <see cref="ITrackedRun.Complete"/>.</returns>
    ITrackedRun StartRun(RunStart start);

    /// <summary>Waits until everything that was logged is where it belongs.</summary>
    /// <param name="cancellationToken">Stops waiting; nothing is lost by it.</param>
    /// <returns>A task that ends when nothing is left to send.</returns>
    /// <exception cref="RunTrackingException">The server could not be reached, or refused something; what could not be sent stays on disk.</exception>
    Task FlushAsync(CancellationToken cancellationToken = default);
}
