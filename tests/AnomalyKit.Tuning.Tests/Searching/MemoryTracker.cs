namespace AnomalyKit.Tuning.Tests;

/// <summary>Keeps runs in memory, and fails after so many calls.</summary>
internal sealed class MemoryTracker : IRunTracker
{
    private int _calls;

    public int CallsBeforeFailure { get; init; } = int.MaxValue;

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
        if (++_calls > CallsBeforeFailure)
            throw new RunTrackingException("The disk is full.");
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
        }
    }
}
