using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>One thing that goes wrong costs nothing else, and nobody waits for ever.</summary>
public sealed class MlflowTroubleTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private StandInMlflow _server = null!;

    private MlflowOptions Options => new() { OutboxPath = _folder.File("outbox.db"), FirstPause = TimeSpan.FromMilliseconds(5), FlushTimeout = TimeSpan.FromSeconds(1) };

    public async Task InitializeAsync() => _server = await StandInMlflow.StartAsync();

    public async Task DisposeAsync()
    {
        Assert.Empty(_server.Violations);
        await _server.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(500)]
    [InlineData(504)]
    public async Task A_run_that_cannot_be_sent_does_not_hold_up_the_others(int status)
    {
        _server.FaultOf = (path, body) => path == "runs/log-batch" && body.Contains("sick", StringComparison.Ordinal) ? new Fault(status) : null;
        using var tracker = MlflowTracker.Open(_server.Uri, Options);
        Log(tracker, "sick");
        Log(tracker, "well");
        Log(tracker, "also well");
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync().WaitAsync(Limit));
        Assert.Contains($"status {status}", error.Message, StringComparison.Ordinal);
        await FinishedAsync(2);
        Assert.Equal(3, _server.State.Runs.Count);

        // What comes later is sent as well, and so is the run itself as soon as the server takes it.
        Log(tracker, "later");
        await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync().WaitAsync(Limit));
        await FinishedAsync(3);
        _server.FaultOf = (_, _) => null;
        await tracker.FlushAsync().WaitAsync(Limit);
        Assert.All(_server.State.Runs, run => Assert.Equal(("FINISHED", 1), (run.Status, run.Points.Count)));
    }

    [Fact]
    public async Task A_run_waits_for_its_parent_so_that_it_keeps_it()
    {
        int failures = 3;
        _server.FaultOf = (path, body) => path == "runs/create" && body.Contains("the parent", StringComparison.Ordinal) && failures-- > 0 ? new Fault(500) : null;
        using var tracker = MlflowTracker.Open(_server.Uri, Options with { FlushTimeout = TimeSpan.FromSeconds(20) });
        var parent = tracker.StartRun(new RunStart("payments") { Name = "the parent" });
        var child = tracker.StartRun(new RunStart("payments") { Name = "child", ParentRunId = parent.Id });
        child.Complete();
        parent.Complete();
        await tracker.FlushAsync().WaitAsync(Limit);
        Assert.Equal((await tracker.GetRunAsync(parent.Id)).Id, (await tracker.GetRunAsync(child.Id)).ParentRunId);
        Assert.All(_server.State.Runs, run => Assert.Equal("FINISHED", run.Status));
    }

    [Fact]
    public async Task A_server_that_fails_every_run_is_left_alone_after_three()
    {
        _server.FaultOf = (path, _) => path == "runs/create" ? new Fault(500) : null;
        using (var tracker = MlflowTracker.Open(_server.Uri, Options with { FirstPause = TimeSpan.FromMinutes(1), FlushTimeout = TimeSpan.FromSeconds(2) }))
        {
            for (int i = 0; i < 20; i++)
                Log(tracker, $"run {i}");
            await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync().WaitAsync(Limit));
        }

        Assert.InRange(_server.Count("runs/create"), 3, 5);
    }

    [Fact]
    public async Task A_backlog_after_a_short_trouble_is_waited_for_as_long_as_it_flows()
    {
        _server.Fail("experiments/get-by-name", new Fault(503));
        _server.Delay = TimeSpan.FromMilliseconds(100);
        using var tracker = MlflowTracker.Open(_server.Uri, Options with { FlushTimeout = TimeSpan.FromSeconds(3) });
        for (int i = 0; i < 16; i++)
            Log(tracker, $"run {i}");
        await tracker.FlushAsync().WaitAsync(Limit);
        Assert.Equal(16, _server.State.Runs.Count(run => run.Status == "FINISHED"));
    }

    [Fact]
    public async Task An_answer_that_nobody_foresaw_is_told_and_nothing_waits_for_ever()
    {
        // Half of a pair of surrogates: JSON, but no text.
        _server.FaultOf = (path, _) => path == "experiments/get-by-name" ? new Fault(200, Body: "{\"experiment\":{\"experiment_id\":\"\\ud800\"}}") : null;
        var tracker = MlflowTracker.Open(_server.Uri, Options);
        Log(tracker, "run");
        await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync().WaitAsync(Limit));
        await Task.Run(tracker.Dispose).WaitAsync(Limit);

        _server.FaultOf = (_, _) => null;
        using var next = MlflowTracker.Open(_server.Uri, Options);
        await next.FlushAsync().WaitAsync(Limit);
        Assert.Equal("FINISHED", Assert.Single(_server.State.Runs).Status);
    }

    [Theory]
    [InlineData("registered-models/alias")]
    [InlineData("model-versions/transition-stage")]
    public async Task Waiting_for_a_server_that_is_busy_can_be_cancelled(string path)
    {
        _server.FaultOf = (asked, _) => asked == path ? new Fault(429, RetryAfter: "300") : null;
        using var tracker = MlflowTracker.Open(_server.Uri, Options);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => (path == "registered-models/alias"
            ? tracker.SetAliasAsync("model", "best", 1, cancel.Token)
            : tracker.SetStageAsync("model", 1, ModelStage.Production, cancel.Token)).WaitAsync(Limit));
    }

    private async Task FinishedAsync(int count)
    {
        using var limit = new CancellationTokenSource(Limit);
        var runs = _server.State.Runs;
        while (Enumerable.Range(0, runs.Count).Count(i => runs[i].Status == "FINISHED") < count)
            await Task.Delay(20, limit.Token);
    }

    private static void Log(MlflowTracker tracker, string name)
    {
        using var run = tracker.StartRun(new RunStart("payments") { Name = name });
        run.SetTag("state", name);
        run.LogMetrics([new MetricPoint("loss", 1, 1)]);
        run.Complete();
    }
}
