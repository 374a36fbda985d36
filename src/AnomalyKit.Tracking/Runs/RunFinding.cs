namespace AnomalyKit;

/// <summary>Finds single runs.</summary>
public static class RunFinding
{
    /// <summary>Finds the run with the best last value of a metric.</summary>
    /// <param name="reader">Where the runs are kept.</param>
    /// <param name="metric">The metric's name.</param>
    /// <param name="isLowestBest">Whether the lowest value is the best. False by default.</param>
    /// <param name="query">Which runs are looked at; null for all. Its order and number are not looked at.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The run, the newest one of several; null where none has a finite value. NaN and infinities are never best.</returns>
    /// <exception cref="RunTrackingException">The runs could not be read.</exception>
    public static async Task<RunRecord?> FindBestAsync(this IRunReader reader, string metric, bool isLowestBest = false, RunQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(metric);
        var ordered = (query ?? new RunQuery()) with { OrderByMetric = metric, IsAscending = isLowestBest, MaxCount = null };
        await foreach (var run in reader.FindRunsAsync(ordered, cancellationToken).ConfigureAwait(false))
        {
            if (!run.Metrics.TryGetValue(metric, out var point) || double.IsNaN(point.Value))
                return null;
            // MLflow keeps infinities as the largest numbers.
            if (Math.Abs(point.Value) < double.MaxValue)
                return run;
        }

        return null;
    }
}
