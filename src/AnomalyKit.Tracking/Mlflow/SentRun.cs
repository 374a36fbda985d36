using AnomalyKit.Outboxes;

namespace AnomalyKit;

/// <summary>A run of an outbox: what is logged is kept there, and the sender is told.</summary>
internal sealed class SentRun(ITrackedRun run, OutboxLoop loop) : ITrackedRun
{
    public string Id => run.Id;

    public void LogParameters(IEnumerable<KeyValuePair<string, string>> parameters) => Then(() => run.LogParameters(parameters));

    public void LogMetrics(IReadOnlyCollection<MetricPoint> points) => Then(() => run.LogMetrics(points));

    public void SetTag(string name, string value) => Then(() => run.SetTag(name, value));

    public void LogArtifact(string path, Stream content) => Then(() => run.LogArtifact(path, content));

    public void Complete(RunStatus status = RunStatus.Finished) => Then(() => run.Complete(status));

    public void Dispose() => Then(run.Dispose);

    private void Then(Action log)
    {
        log();
        loop.Wake();
    }
}
