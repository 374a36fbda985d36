namespace AnomalyKit;

/// <summary>Reads runs back.</summary>
/// <remarks>Safe for any number of threads. Nothing is cut off in silence: a query gives all runs that fit it, or as many as it asks for.</remarks>
public interface IRunReader
{
    /// <summary>Finds runs.</summary>
    /// <param name="query">Which runs, and in which order; null for all, the newest first.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The runs, each once.</returns>
    /// <exception cref="RunTrackingException">There is no such experiment, or the runs could not be read.</exception>
    IAsyncEnumerable<RunRecord> FindRunsAsync(RunQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one run.</summary>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The run.</returns>
    /// <exception cref="RunTrackingException">There is no such run, or it could not be read.</exception>
    Task<RunRecord> GetRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Reads all points of a metric.</summary>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="metric">The metric's name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The points in the order of their steps, then of their times; none where the run has no such metric.</returns>
    /// <exception cref="RunTrackingException">There is no such run, or it could not be read.</exception>
    Task<IReadOnlyList<MetricPoint>> GetMetricAsync(string runId, string metric, CancellationToken cancellationToken = default);

    /// <summary>Lists the files of a run, in the order of their paths.</summary>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The files.</returns>
    /// <exception cref="RunTrackingException">There is no such run, or it could not be read.</exception>
    Task<IReadOnlyList<RunArtifact>> ListArtifactsAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Opens a file of a run.</summary>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="path">The file's path within the run, with slashes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Its content; dispose of it.</returns>
    /// <exception cref="RunTrackingException">There is no such run or file, or it could not be read.</exception>
    Task<Stream> OpenArtifactAsync(string runId, string path, CancellationToken cancellationToken = default);
}
