namespace AnomalyKit;

/// <summary>Puts runs side by side.</summary>
public static class RunComparison
{
    /// <summary>Reads runs with the points of their metrics, for a page.</summary>
    /// <param name="reader">Where they are kept.</param>
    /// <param name="runIds">1 to <see cref="RunComparisonReport.MaxRuns"/> identifiers, in the order in which the runs are shown.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The comparison: save it as <c>.html</c> or <c>.json</c>.</returns>
    /// <exception cref="ArgumentException">There are none, too many, or one is there twice.</exception>
    /// <exception cref="RunTrackingException">There is no such run, or it could not be read.</exception>
    public static async Task<RunComparisonReport> ReadAsync(IRunReader reader, IEnumerable<string> runIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(runIds);
        var runs = new List<ComparedRun>();
        foreach (string id in runIds)
        {
            if (runs.Count == RunComparisonReport.MaxRuns)
                throw new ArgumentException($"More than {RunComparisonReport.MaxRuns} runs cannot be compared. Choose fewer.", nameof(runIds));
            runs.Add(await ReadAsync(reader, await reader.GetRunAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
        }

        return new RunComparisonReport(runs);
    }

    private static async Task<ComparedRun> ReadAsync(IRunReader reader, RunRecord run, CancellationToken cancellationToken)
    {
        var curves = new Dictionary<string, IReadOnlyList<(long Step, double Value)>>(StringComparer.Ordinal);
        // What was logged at step 0 alone has no curve to read.
        foreach (var point in run.Metrics.Values.Where(point => point.Step != 0))
        {
            var points = await reader.GetMetricAsync(run.Id, point.Name, cancellationToken).ConfigureAwait(false);
            curves[point.Name] = [.. points.Select(one => (one.Step, one.Value))];
        }

        return new ComparedRun(run.Id, run.Name ?? run.Id[..Math.Min(run.Id.Length, 8)])
        {
            Experiment = run.Experiment,
            Status = run.Status.ToString().ToLowerInvariant(),
            Started = run.Started,
            Seconds = run.Ended is { } ended ? (ended - run.Started).TotalSeconds : null,
            Parameters = run.Parameters,
            Metrics = run.Metrics.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal),
            Curves = curves,
        };
    }
}
