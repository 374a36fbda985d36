using AnomalyKit.Keeping;
using AnomalyKit.Protocol;

namespace AnomalyKit.Outboxes;

/// <summary>Brings runs of an outbox to the server: each step asks first whether the server has it, where an answer may have been lost.</summary>
/// <param name="outbox">What is to be sent.</param>
/// <param name="contents">Where contents of artifacts lie.</param>
/// <param name="runs">The server's runs.</param>
/// <param name="artifacts">The server's artifacts.</param>
/// <param name="problems">Receives what the server will never take.</param>
internal sealed class RunSender(Outbox outbox, ArtifactFolder contents, MlflowRuns runs, MlflowArtifacts artifacts, OutboxProblems problems)
{
    private readonly Dictionary<string, string> _experiments = new(StringComparer.Ordinal);
    private long _taken;

    /// <summary>How often the server has taken something.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Sends all there is of a run.</summary>
    public async Task SendAsync(long number, CancellationToken cancellationToken)
    {
        var run = outbox.Load(number);
        string? id;
        try
        {
            id = run.ServerId ?? await CreateAsync(run, cancellationToken).ConfigureAwait(false);
            if (run.LastSentPoint is { } last)
                await ReconcileAsync(run, id, last, cancellationToken).ConfigureAwait(false);
            while (outbox.NextBatch(number, OutboxBatch.MaxItems) is { } batch)
                await SendAsync(run, id, batch, isHalf: false, cancellationToken).ConfigureAwait(false);
            await SendArtifactsAsync(run, id, cancellationToken).ConfigureAwait(false);
            // What was logged meanwhile comes first: nothing follows the end of a run.
            run = outbox.Load(number);
            if (outbox.NextBatch(number, 1) is not null || outbox.Artifacts(number).Count > 0)
                return;
            if (run.SentStatus != run.Record.Status)
                await runs.EndAsync(id, run.Record.Status, run.Record.Ended, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerRefusalException e)
        {
            // The run cannot be created, or somebody has deleted it.
            problems.Add(number, $"The run {run.Record.Id} of '{run.Record.Experiment}' cannot be sent any further: {e.Message}");
            outbox.Abandon(number);
            return;
        }

        outbox.SetSentStatus(number, run.Record.Status);
        // An older version, which shares the outbox, lets a run be logged to that has just ended.
        if (run.Record.Status is RunStatus.Finished or RunStatus.Failed or RunStatus.Killed && !outbox.Forget(number))
            await SendAsync(number, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> CreateAsync(OutboxRun run, CancellationToken cancellationToken)
    {
        string id;
        try
        {
            id = await CreateInAsync(await ExperimentAsync(run, cancellationToken).ConfigureAwait(false), run, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerRefusalException)
        {
            // The experiment may have been deleted, or made anew, since it was looked up.
            _experiments.Remove(run.Record.Experiment);
            id = await CreateInAsync(await ExperimentAsync(run, cancellationToken).ConfigureAwait(false), run, cancellationToken).ConfigureAwait(false);
        }

        outbox.SetServerId(run.Number, id);
        Interlocked.Increment(ref _taken);
        return id;
    }

    private async Task<string> ExperimentAsync(OutboxRun run, CancellationToken cancellationToken)
    {
        if (!_experiments.TryGetValue(run.Record.Experiment, out string? experiment))
            _experiments[run.Record.Experiment] = experiment = await runs.ExperimentAsync(run.Record.Experiment, cancellationToken).ConfigureAwait(false);
        return experiment;
    }

    private async Task<string> CreateInAsync(string experiment, OutboxRun run, CancellationToken cancellationToken)
    {
        string? id = run.IsAsked ? await runs.FindByOriginAsync(experiment, run.Record.Id, cancellationToken).ConfigureAwait(false) : null;
        if (id is not null)
            return id;
        outbox.MarkAsked(run.Number);
        return await runs.CreateAsync(experiment, run.Record.Name, run.Record.Started, FirstTags(run.Record), cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<KeyValuePair<string, string>> FirstTags(RunRecord run)
    {
        yield return new(MlflowRuns.OriginTag, run.Id);
        yield return new(MlflowRuns.UserTag, Environment.UserName);
        if (run.Name is not null)
            yield return new(MlflowRuns.NameTag, run.Name);
        // A parent that is not of this outbox is one of the server's.
        if (run.ParentRunId is { } parent && (outbox.ServerIdOf(parent) ?? (outbox.IsOwn(parent) ? null : parent)) is { } known)
            yield return new(MlflowRuns.ParentTag, known);
    }

    // A batch was sent and its answer lost: what the server has of it is not sent again.
    private async Task ReconcileAsync(OutboxRun run, string id, long last, CancellationToken cancellationToken)
    {
        var sent = outbox.PointsUpTo(run.Number, last);
        var there = new List<long>();
        foreach (var metric in sent.GroupBy(point => point.Point.Name, StringComparer.Ordinal))
        {
            var known = (await runs.HistoryAsync(id, metric.Key, cancellationToken).ConfigureAwait(false)).Select(PointKey.Of).ToHashSet();
            there.AddRange(metric.Where(point => known.Contains(PointKey.Of(point.Point))).Select(point => point.Id));
        }

        outbox.RemovePoints(run.Number, there);
    }

    private async Task SendAsync(OutboxRun run, string id, OutboxBatch batch, bool isHalf, CancellationToken cancellationToken)
    {
        ReportCuts(run, "parameter", batch.Parameters, OutboxBatch.MaxParameterLength);
        ReportCuts(run, "tag", batch.Tags, OutboxBatch.MaxTagLength);
        outbox.MarkSending(run.Number, batch);
        try
        {
            await runs.LogAsync(batch.ToJson(id), cancellationToken).ConfigureAwait(false);
        }
        catch (ServerRefusalException e) when (e.Code != ServerRefusalException.NotThere)
        {
            // Of a deleted run every single item would be refused.
            if (!isHalf && await runs.IsDeletedAsync(id, cancellationToken).ConfigureAwait(false))
                throw new ServerRefusalException(ServerRefusalException.NotThere, "somebody has deleted it on the server.");
            if (batch.Count > 1)
            {
                var (first, second) = batch.Halves();
                await SendAsync(run, id, first, isHalf: true, cancellationToken).ConfigureAwait(false);
                await SendAsync(run, id, second, isHalf: true, cancellationToken).ConfigureAwait(false);
                return;
            }

            string what = batch.Parameters.Count > 0 ? $"parameter '{batch.Parameters[0].Key}'" : batch.Tags.Count > 0 ? $"tag '{batch.Tags[0].Key}'" : $"metric '{batch.Points[0].Point.Name}'";
            problems.Add(run.Number, $"The {what} of the run {run.Record.Id} was refused: {e.Message}");
        }

        outbox.Remove(run.Number, batch);
        Interlocked.Increment(ref _taken);
    }

    private void ReportCuts(OutboxRun run, string kind, IEnumerable<KeyValuePair<string, string>> pairs, int maxLength)
    {
        foreach (var (name, value) in pairs)
        {
            if (value.Length > maxLength)
                problems.Add(run.Number, $"The {kind} '{name}' of the run {run.Record.Id} has {value.Length} characters and was cut to {maxLength}, the most that MLflow keeps. Log long texts as artifacts.");
        }
    }

    private async Task SendArtifactsAsync(OutboxRun run, string id, CancellationToken cancellationToken)
    {
        string? root = null;
        foreach (var (path, hash) in outbox.Artifacts(run.Number))
        {
            root ??= await artifacts.RootAsync(id, cancellationToken).ConfigureAwait(false);
            try
            {
                using var content = contents.Open(hash);
                await artifacts.UploadAsync(root, path, content, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ServerRefusalException { Code: not ServerRefusalException.NotThere } or IOException or UnauthorizedAccessException)
            {
                problems.Add(run.Number, $"The artifact '{path}' of the run {run.Record.Id} was not sent: {e.Message}");
            }

            outbox.RemoveArtifact(run.Number, path, hash);
            Interlocked.Increment(ref _taken);
        }
    }
}
