namespace AnomalyKit.Tuning.Tests;

/// <summary>Keeps runs in memory, and fails where it is told to.</summary>
internal sealed class MemoryTracker : IRunTracker
{
    private int _calls;

    /// <summary>What a call throws, by its number from 1; null where it goes well.</summary>
    public Func<int, Exception?> Failure { get; init; } = _ => null;

    public List<KeptRun> Runs { get; } = [];

    public ITrackedRun StartRun(RunStart start)
    {
        Count();
        var run = new KeptRun(this, $"run {Runs.Count}", start);
        Runs.Add(run);
        return run;
    }

    public Task FlushAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private void Count()
    {
        if (Failure(++_calls) is { } failure)
            throw failure;
    }

    internal sealed class KeptRun(MemoryTracker tracker, string id, RunStart start) : ITrackedRun
    {
        public string Id => id;

        public RunStart Start => start;

        public List<MetricPoint> Metrics { get; } = [];

        public Dictionary<string, string> Tags { get; } = [];

        public RunStatus Status { get; private set; } = RunStatus.Running;

        public void LogParameters(IEnumerable<KeyValuePair<string, string>> parameters) => throw new NotSupportedException();

        public void LogMetrics(IReadOnlyCollection<MetricPoint> points)
        {
            tracker.Count();
            Metrics.AddRange(points);
        }

        public void SetTag(string name, string value)
        {
            tracker.Count();
            Tags[name] = value;
        }

        public void LogArtifact(string path, Stream content) => throw new NotSupportedException();

        public void Complete(RunStatus status = RunStatus.Finished)
        {
            tracker.Count();
            if (Status == RunStatus.Running)
                Status = status;
        }

        public void Dispose()
        {
            if (Status == RunStatus.Running)
                Complete(RunStatus.Failed);
        }
    }
}
