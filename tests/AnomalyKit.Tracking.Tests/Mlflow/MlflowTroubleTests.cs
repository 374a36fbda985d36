using System.Diagnostics;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>One thing that goes wrong costs nothing else, and nobody waits for ever.</summary>
public sealed class MlflowTroubleTests : MlflowServerTests
{
    private protected override MlflowOptions Options => base.Options with { FlushTimeout = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData(500)]
    [InlineData(504)]
    [InlineData(403)]
    public async Task A_run_that_cannot_be_sent_does_not_hold_up_the_others(int status)
    {
        Server.FaultOf = (path, body) => path == "runs/log-batch" && body.Contains("sick", StringComparison.Ordinal) ? new Fault(status) : null;
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        Log(tracker, "sick");
        Log(tracker, "well");
        Log(tracker, "also well");
        await FlushUntilAsync(tracker, said => said is not null && said.Contains($"status {status}", StringComparison.Ordinal));
        await FinishedAsync(2);
        Assert.Equal(3, Server.State.Runs.Count);

        // What comes later is sent as well, and so is the run itself as soon as the server takes it.
        Log(tracker, "later");
        await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync().WaitAsync(2 * Patience.Long));
        await FinishedAsync(3);
        Server.FaultOf = (_, _) => null;
        await FlushUntilAsync(tracker, said => said is null);
        Assert.All(Server.State.Runs, run => Assert.Equal(("FINISHED", 1), (run.Status, run.Points.Count)));
    }

    [Fact]
    public async Task What_a_proxy_finds_too_large_holds_up_nothing()
    {
        // As nginx does: a page of its own, whatever is behind it.
        Server.FaultOf = (path, body) => path.EndsWith("big.bin", StringComparison.Ordinal) || (path == "runs/log-batch" && body.Length > 20_000)
            ? new Fault(413, Body: "<html><h1>413 Request Entity Too Large</h1></html>")
            : null;
        using var tracker = MlflowTracker.Open(Server.Uri, Options with { FlushTimeout = Patience.Long });
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogArtifact("big.bin", new MemoryStream(new byte[1000]));
        run.LogArtifact("small.txt", new MemoryStream([1]));
        run.LogMetrics([.. Enumerable.Range(0, 1000).Select(i => new MetricPoint("loss", i, i))]);
        run.Complete();
        Log(tracker, "well");
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync().WaitAsync(2 * Patience.Long));
        Assert.Contains("'big.bin'", error.Message, StringComparison.Ordinal);
        Assert.Contains("client_max_body_size", Assert.Single(tracker.Problems), StringComparison.Ordinal);
        Assert.Equal(["small.txt"], (await tracker.ListArtifactsAsync(run.Id)).Select(file => file.Path));
        Assert.Equal([(1000, "FINISHED"), (1, "FINISHED")], Server.State.Runs.Select(one => (one.Points.Count, one.Status)));
    }

    [Fact]
    public async Task A_download_that_stops_is_given_up()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options with { RequestTimeout = TimeSpan.FromSeconds(5) });
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogArtifact("model.akm", new MemoryStream([1, 2, 3]));
        run.Complete();
        await FlushUntilAsync(tracker, said => said is null);
        Server.IsStuck = true;
        using var content = await tracker.OpenArtifactAsync(run.Id, "model.akm");
        Assert.Equal(1, await content.ReadAsync(new byte[3]));
        await Assert.ThrowsAsync<IOException>(() => content.ReadAsync(new byte[3]).AsTask().WaitAsync(Patience.Long));
    }

    [Fact]
    public async Task A_run_waits_for_its_parent_so_that_it_keeps_it()
    {
        int failures = 3;
        Server.FaultOf = (path, body) => path == "runs/create" && body.Contains("the parent", StringComparison.Ordinal) && failures-- > 0 ? new Fault(500) : null;
        using var tracker = MlflowTracker.Open(Server.Uri, Options with { FlushTimeout = Patience.Long });
        var parent = tracker.StartRun(new RunStart("payments") { Name = "the parent" });
        var child = tracker.StartRun(new RunStart("payments") { Name = "child", ParentRunId = parent.Id });
        child.Complete();
        parent.Complete();
        await tracker.FlushAsync().WaitAsync(2 * Patience.Long);
        Assert.Equal((await tracker.GetRunAsync(parent.Id)).Id, (await tracker.GetRunAsync(child.Id)).ParentRunId);
        Assert.All(Server.State.Runs, run => Assert.Equal("FINISHED", run.Status));
    }

    [Fact]
    public async Task AServer_that_fails_every_run_is_left_alone_after_three()
    {
        Server.FaultOf = (path, _) => path == "runs/create" ? new Fault(500) : null;
        using (var tracker = MlflowTracker.Open(Server.Uri, Options with { FirstPause = TimeSpan.FromMinutes(1), FlushTimeout = TimeSpan.FromSeconds(2) }))
        {
            for (int i = 0; i < 20; i++)
                Log(tracker, $"run {i}");
            await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync().WaitAsync(2 * Patience.Long));
            await UntilAsync(() => Server.Count("runs/create") >= 3);
        }

        Assert.InRange(Server.Count("runs/create"), 3, 5);
    }

    [Fact]
    public async Task A_backlog_after_a_short_trouble_is_waited_for_as_long_as_it_flows()
    {
        // All together it takes longer than the timeout, one answer much less. Where the machine itself stood still for half of the timeout, that says nothing: then twice as much is tried with twice the time.
        var timeout = TimeSpan.FromSeconds(3);
        for (int count = 16; ; count *= 2, timeout *= 2)
        {
            long started = Stopwatch.GetTimestamp(), last = started;
            var longest = TimeSpan.Zero;
            Server.FaultOf = (_, _) =>
            {
                longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(last).Ticks));
                last = Stopwatch.GetTimestamp();
                return null;
            };
            Server.Fail("experiments/get-by-name", new Fault(503));
            Server.Delay = TimeSpan.FromMilliseconds(100);
            int before = Server.State.Runs.Count(run => run.Status == "FINISHED");
            using var tracker = MlflowTracker.Open(Server.Uri, Options with { OutboxPath = Folder.File($"outbox-{count}.db"), FlushTimeout = timeout });
            for (int i = 0; i < count; i++)
                Log(tracker, $"run {i}");
            var thrown = await Record.ExceptionAsync(() => tracker.FlushAsync().WaitAsync(2 * Patience.Long));
            if (thrown is RunTrackingException && longest > timeout / 2 && count < 256)
                continue;
            Assert.Null(thrown);
            Assert.True(Stopwatch.GetElapsedTime(started) > timeout, "the backlog was sent before the time was over");
            Assert.Equal(before + count, Server.State.Runs.Count(run => run.Status == "FINISHED"));
            return;
        }
    }

    [Fact]
    public async Task An_answer_that_nobody_foresaw_is_told_and_nothing_waits_for_ever()
    {
        // Half of a pair of surrogates: JSON, but no text.
        Server.FaultOf = (path, _) => path == "experiments/get-by-name" ? new Fault(200, Body: "{\"experiment\":{\"experiment_id\":\"\\ud800\"}}") : null;
        var tracker = MlflowTracker.Open(Server.Uri, Options);
        Log(tracker, "run");
        await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync().WaitAsync(2 * Patience.Long));
        await Task.Run(tracker.Dispose).WaitAsync(2 * Patience.Long);

        Server.FaultOf = (_, _) => null;
        using var next = MlflowTracker.Open(Server.Uri, Options);
        await next.FlushAsync().WaitAsync(2 * Patience.Long);
        Assert.Equal("FINISHED", Assert.Single(Server.State.Runs).Status);
    }

    [Theory]
    [InlineData("registered-models/alias")]
    [InlineData("model-versions/transition-stage")]
    public async Task Waiting_for_a_server_that_is_busy_can_be_cancelled(string path)
    {
        Server.FaultOf = (asked, _) => asked == path ? new Fault(429, RetryAfter: "300") : null;
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => (path == "registered-models/alias"
            ? tracker.SetAliasAsync("model", "best", 1, cancel.Token)
            : tracker.SetStageAsync("model", 1, ModelStage.Production, cancel.Token)).WaitAsync(2 * Patience.Long));
    }

    private Task FinishedAsync(int count) => UntilAsync(() => Server.State.Runs.Count(run => run.Status == "FINISHED") >= count);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience.Long);
        while (!condition())
            await Task.Delay(20, limit.Token);
    }

    /// <summary>Flushes until it says what it should; it says less while nothing was tried yet.</summary>
    /// <param name="tracker">The tracker.</param>
    /// <param name="isSaid">Whether an error says it; null is none.</param>
    private static async Task FlushUntilAsync(MlflowTracker tracker, Func<string?, bool> isSaid)
    {
        string? said;
        var watch = Stopwatch.StartNew();
        do
        {
            var thrown = await Record.ExceptionAsync(() => tracker.FlushAsync().WaitAsync(2 * Patience.Long));
            Assert.True(thrown is null or RunTrackingException, $"{thrown}");
            said = thrown?.Message;
        }
        while (!isSaid(said) && watch.Elapsed < Patience.Long);
        Assert.True(isSaid(said), said);
    }

    private static void Log(MlflowTracker tracker, string name)
    {
        using var run = tracker.StartRun(new RunStart("payments") { Name = name });
        run.SetTag("state", name);
        run.LogMetrics([new MetricPoint("loss", 1, 1)]);
        run.Complete();
    }
}
