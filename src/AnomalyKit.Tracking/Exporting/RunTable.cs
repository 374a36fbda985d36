using System.Globalization;

namespace AnomalyKit;

/// <summary>Runs as a table: a row each.</summary>
public static class RunTable
{
    /// <summary>Makes a table of runs.</summary>
    /// <param name="runs">The runs, in the order of the rows.</param>
    /// <returns>
    /// The columns <c>run_id</c>, <c>experiment</c>, <c>name</c>, <c>status</c>, <c>started</c>, <c>ended</c>, <c>parent_run_id</c>, then <c>params.NAME</c>, <c>metrics.NAME</c> (last values) and
    /// <c>tags.NAME</c> of all runs; what a run has not is missing, and so is a metric that is NaN.
    /// </returns>
    public static FeatureTable Of(IReadOnlyList<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return new FeatureTable(
        [
            Words("run_id", runs, run => run.Id),
            Words("experiment", runs, run => run.Experiment),
            Words("name", runs, run => run.Name),
            Words("status", runs, run => run.Status.ToString().ToLowerInvariant()),
            Words("started", runs, run => Time(run.Started)),
            Words("ended", runs, run => run.Ended is { } ended ? Time(ended) : null),
            Words("parent_run_id", runs, run => run.ParentRunId),
            .. Names(runs, run => run.Parameters.Keys).Select(name => Words("params." + name, runs, run => run.Parameters.GetValueOrDefault(name))),
            .. Names(runs, run => run.Metrics.Keys).Select(name => Numbers("metrics." + name, runs, run => run.Metrics.TryGetValue(name, out var point) ? point.Value : double.NaN)),
            .. Names(runs, run => run.Tags.Keys).Select(name => Words("tags." + name, runs, run => run.Tags.GetValueOrDefault(name))),
        ]);
    }

    private static IEnumerable<string> Names(IReadOnlyList<RunRecord> runs, Func<RunRecord, IEnumerable<string>> names) => runs.SelectMany(names).Distinct().Order(StringComparer.Ordinal);

    private static CategoryColumn Words(string name, IReadOnlyList<RunRecord> runs, Func<RunRecord, string?> word) => CategoryColumn.FromWords(name, runs.Select(word));

    private static DoubleColumn Numbers(string name, IReadOnlyList<RunRecord> runs, Func<RunRecord, double> number) => new(name, runs.Select(number).ToArray());

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
