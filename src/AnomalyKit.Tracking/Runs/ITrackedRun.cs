namespace AnomalyKit;

/// <summary>A run in progress. It takes parameters, metrics, tags and artifacts until it ends.</summary>
/// <remarks>Safe for any number of threads. A run that is disposed of before it was ended has failed.</remarks>
public interface ITrackedRun : IDisposable
{
    /// <summary>The run's identifier, unique in the store.</summary>
    string Id { get; }

    /// <summary>Keeps parameters. The same value again is fine; another value for a name is refused.</summary>
    /// <param name="parameters">Names and values.</param>
    void LogParameters(IEnumerable<KeyValuePair<string, string>> parameters);

    /// <summary>Keeps values of metrics, all or none of them.</summary>
    /// <param name="points">The values, with their steps and times.</param>
    void LogMetrics(IReadOnlyCollection<MetricPoint> points);

    /// <summary>Sets a tag; another value replaces it.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    void SetTag(string name, string value);

    /// <summary>Keeps a file.</summary>
    /// <param name="path">The artifact's path within the run, with slashes, for example <c>model/detector.akm</c>.</param>
    /// <param name="content">What it holds; read to its end.</param>
    void LogArtifact(string path, Stream content);

    /// <summary>Ends the run. Ending it again changes nothing.</summary>
    /// <param name="status">How it ended.</param>
    void Complete(RunStatus status = RunStatus.Finished);
}
