using System.Runtime.CompilerServices;
using AnomalyKit.Naming;
using AnomalyKit.Protocol;
using AnomalyKit.TextValues;

namespace AnomalyKit;

public sealed partial class MlflowTracker
{
    // What only reads may be asked again at once.
    private const int ReadTries = 4;

    /// <inheritdoc/>
    /// <remarks>MLflow knows no lost runs: those of a process that is gone go on there until the next one that tracks ends them as killed.</remarks>
    /// <exception cref="ArgumentException">A condition cannot be used.</exception>
    public async IAsyncEnumerable<RunRecord> FindRunsAsync(RunQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new RunQuery();
        if (query.Status == RunStatus.Lost)
            yield break;
        foreach (var condition in query.Conditions)
        {
            if (condition.Problem is { } problem)
                throw new ArgumentException($"The condition '{condition}' cannot be used: {problem}", nameof(query));
        }

        if (query.ParentRunId is { } parent)
            query = query with { ParentRunId = ServerId(parent) };
        var names = await ReadAsync(() => MlflowRecords.ExperimentsAsync(_http, cancellationToken), cancellationToken).ConfigureAwait(false);
        string[] experiments = [.. names.Where(name => query.Experiment is null || name.Value == query.Experiment).Select(name => name.Key)];
        if (experiments.Length == 0)
        {
            if (query.Experiment is null)
                yield break;
            throw new RunTrackingException($"There is no experiment '{query.Experiment}' on {Server}{Nearest.Hint(query.Experiment, names.Values.Order(StringComparer.Ordinal))}");
        }

        int left = query.MaxCount ?? int.MaxValue;
        var pages = new PageTokens(Server);
        do
        {
            var body = MlflowSearch.Page(query, experiments, left, pages);
            using var page = await ReadAsync(() => _http.SendAsync(HttpMethod.Post, "runs/search", body, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var run in page.RootElement.Items("runs").Take(left).Select(run => MlflowRecords.Read(run, names)))
            {
                left--;
                yield return run;
            }

            Guarded(() => pages.Take(page.RootElement));
        }
        while (pages.IsMore && left > 0);
    }

    /// <inheritdoc/>
    public async Task<RunRecord> GetRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        string id = ServerId(runId);
        using var found = await ReadAsync(() => _http.GetAsync("runs/get", [("run_id", id)], cancellationToken), cancellationToken).ConfigureAwait(false);
        var run = found.RootElement.Part("run");
        string experiment = run.Part("info").Text("experiment_id") ?? string.Empty;
        using var named = await ReadAsync(() => _http.GetAsync("experiments/get", [("experiment_id", experiment)], cancellationToken), cancellationToken).ConfigureAwait(false);
        return MlflowRecords.Read(run, new Dictionary<string, string> { [experiment] = named.RootElement.Part("experiment").Needed("name") });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricPoint>> GetMetricAsync(string runId, string metric, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        string id = ServerId(runId);
        var points = await ReadAsync(() => _runs.HistoryAsync(id, metric, cancellationToken), cancellationToken).ConfigureAwait(false);
        return [.. points.Select(point => point with { Name = metric }).OrderBy(point => point.Step).ThenBy(point => point.Time)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunArtifact>> ListArtifactsAsync(string runId, CancellationToken cancellationToken = default)
    {
        string id = ServerId(runId);
        return await ReadAsync(() => _artifacts.ListAsync(id, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenArtifactAsync(string runId, string path, CancellationToken cancellationToken = default)
    {
        ArtifactPath.Check(path);
        string id = ServerId(runId);
        return await ReadAsync(
            async () => await _artifacts.DownloadAsync(await _artifacts.RootAsync(id, cancellationToken).ConfigureAwait(false), path, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    // Runs that were started here are known by the identifier that they have here, too.
    private string ServerId(string runId)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return _outbox.ServerIdOf(runId) ?? runId;
    }

    private async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await read().ConfigureAwait(false);
            }
            catch (ServerAwayException e) when (attempt < ReadTries)
            {
                await Task.Delay(e.RetryAfter ?? (_options.FirstPause * attempt), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ServerAwayException or ServerRefusalException or ServerUnusableException)
            {
                throw new RunTrackingException(e.Message, e);
            }
        }
    }

    private static void Guarded(Action take)
    {
        try
        {
            take();
        }
        catch (ServerUnusableException e)
        {
            throw new RunTrackingException(e.Message, e);
        }
    }
}
