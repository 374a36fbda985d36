using AnomalyKit.Keeping;
using AnomalyKit.Naming;
using AnomalyKit.Storage;

namespace AnomalyKit;

/// <summary>A run in progress in a <see cref="RunStore"/>.</summary>
internal sealed class StoredRun(RunStore store, long number, string id) : ITrackedRun
{
    private volatile bool _isOver;

    public string Id => id;

    public void LogParameters(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        KeyValuePair<string, string>[] kept = [.. parameters];
        RunWriter.Check(kept, "parameter");
        Write(session => RunWriter.Parameters(session, number, id, kept));
    }

    public void LogMetrics(IReadOnlyCollection<MetricPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        foreach (var point in points)
            KeptNames.Check("metric", point.Name);
        long now = store.Now;
        Write(session => RunWriter.Points(session, number, points, now));
    }

    public void SetTag(string name, string value)
    {
        RunWriter.Check([new(name, value)], "tag");
        Write(session => RunWriter.Tag(session, number, name, value));
    }

    public void LogArtifact(string path, Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArtifactPath.Check(path);
        // Of a run that has ended nothing is copied.
        store.File.Read(session =>
        {
            RunWriter.CheckGoesOn(session, number, id);
            return true;
        });
        try
        {
            using var kept = store.Artifacts.Write(content);
            Write(
                session =>
                {
                    RunWriter.Artifact(session, number, path, kept.Length, kept.Hash);
                    store.Artifacts.Place(kept);
                },
                isFlushed: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunTrackingException($"The artifact '{path}' of the run {id} could not be kept: {e.Message}", e);
        }
    }

    public void Complete(RunStatus status = RunStatus.Finished)
    {
        if (status is not (RunStatus.Finished or RunStatus.Failed or RunStatus.Killed))
            throw new ArgumentOutOfRangeException(nameof(status), status, $"A run cannot end as {status}. It ends as Finished, Failed or Killed.");
        if (_isOver)
            return;
        long now = store.Now;
        store.File.Write(session => RunWriter.End(session, number, status, now), isFlushed: true);
        _isOver = true;
        store.Forget(this);
    }

    public void Dispose() => Complete(RunStatus.Failed);

    private void Write(Action<StoreSession> work, bool isFlushed = false) => store.File.Write(
        session =>
        {
            // Another thread may end the run at any time.
            RunWriter.CheckGoesOn(session, number, id);
            work(session);
        },
        isFlushed);
}
