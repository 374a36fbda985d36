using System.Runtime.CompilerServices;
using AnomalyKit.Keeping;
using AnomalyKit.Storage;
using AnomalyKit.TextValues;

namespace AnomalyKit;

public sealed partial class RunStore
{
    private const int RunsAtOnce = 64;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A condition cannot be used.</exception>
    public async IAsyncEnumerable<RunRecord> FindRunsAsync(RunQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (long[] some in FindNumbers(query ?? new RunQuery()).Chunk(RunsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var run in File.Read(session => Array.ConvertAll(some, run => RunLoader.Load(session, run, RunOwner.Dead(session, _time)))))
                yield return run;
        }
    }

    /// <inheritdoc/>
    public Task<RunRecord> GetRunAsync(string runId, CancellationToken cancellationToken = default) =>
        Task.FromResult(File.Read(session => RunLoader.Load(session, NumberOf(session, runId), RunOwner.Dead(session, _time))));

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricPoint>> GetMetricAsync(string runId, string metric, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return Task.FromResult<IReadOnlyList<MetricPoint>>(File.Read(session => RunLoader.Points(session, NumberOf(session, runId), metric)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunArtifact>> ListArtifactsAsync(string runId, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<RunArtifact>>(File.Read(session => session.List(
            "SELECT path, length, hash FROM artifacts WHERE run = ?1 ORDER BY path",
            row => new RunArtifact(row.GetString(0), row.GetInt64(1)) { Hash = row.GetString(2) },
            NumberOf(session, runId))));

    /// <inheritdoc/>
    public Task<Stream> OpenArtifactAsync(string runId, string path, CancellationToken cancellationToken = default)
    {
        Naming.ArtifactPath.Check(path);
        string? hash = File.Read(session => session.Text("SELECT hash FROM artifacts WHERE run = ?1 AND path = ?2", NumberOf(session, runId), path));
        if (hash is null)
            throw new RunTrackingException($"The run {runId} in '{Path}' has no artifact '{path}'. List its artifacts to see which there are.");
        try
        {
            return Task.FromResult<Stream>(_artifacts.Open(hash));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunTrackingException($"The artifact '{path}' of the run {runId} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The number of a run.</summary>
    private long NumberOf(StoreSession session, string runId)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return session.FindNumber("SELECT id FROM runs WHERE run_id = ?1", runId)
            ?? throw new RunTrackingException($"There is no run '{runId}' in '{Path}'. List the runs to see which there are.");
    }

    private List<long> FindNumbers(RunQuery query)
    {
        foreach (var condition in query.Conditions)
        {
            if (condition.Problem is { } problem)
                throw new ArgumentException($"The condition '{condition}' cannot be used: {problem}", nameof(query));
        }

        return File.Read(session =>
        {
            if (query.Experiment is { } experiment && session.FindNumber("SELECT id FROM experiments WHERE name = ?1", experiment) is null)
                throw new RunTrackingException($"There is no experiment '{experiment}' in '{Path}'{Nearest.Hint(experiment, session.List("SELECT name FROM experiments ORDER BY name", row => row.GetString(0)))}");
            return RunFinder.Find(session, query, RunOwner.Dead(session, _time));
        });
    }
}
