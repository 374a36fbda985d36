using AnomalyKit.Outboxes;
using AnomalyKit.Tracking.Tests.Support;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>What several trackers find in an outbox, and what is left in it.</summary>
public sealed class SharedOutboxTests : MlflowServerTests
{
    private string Contents => Folder.File("outbox.db") + ".artifacts";

    [Fact]
    public async Task Whoever_logged_a_run_is_told_what_was_refused_whoever_sent_it()
    {
        Server.State.Refused.Add("p7");
        using var sender = MlflowTracker.Open(Server.Uri, Options);
        sender.StartRun(new RunStart("payments")).Complete();
        await sender.FlushAsync();
        // The first one has the turn as long as it lives.
        using (var logger = MlflowTracker.Open(Server.Uri, Options))
        {
            using var run = logger.StartRun(new RunStart("payments"));
            run.LogParameters([new("p7", "1")]);
            run.Complete();
            var error = await Assert.ThrowsAsync<RunTrackingException>(() => logger.FlushAsync());
            Assert.Contains("'p7'", error.Message, StringComparison.Ordinal);
            Assert.Single(logger.Problems);
            logger.Dispose();
            Assert.Single(logger.Problems);
        }

        Assert.Empty(sender.Problems);
        await sender.FlushAsync();
    }

    [Fact]
    public async Task What_is_sent_for_somebody_who_is_gone_is_told_here()
    {
        Server.State.Refused.Add("p7");
        Server.IsAway = true;
        using (var gone = MlflowTracker.Open(Server.Uri, Options with { FlushTimeout = TimeSpan.Zero }))
        {
            using var run = gone.StartRun(new RunStart("payments"));
            run.LogParameters([new("p7", "1")]);
            run.Complete();
        }

        Server.IsAway = false;
        using var next = MlflowTracker.Open(Server.Uri, Options);
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => next.FlushAsync());
        Assert.Contains("'p7'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_has_at_most_a_hundred_problems()
    {
        Server.State.Refused.UnionWith(Enumerable.Range(0, 150).Select(i => $"p{i}"));
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogParameters(Enumerable.Range(0, 150).Select(i => KeyValuePair.Create($"p{i}", "1")));
        run.Complete();
        await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync());
        Assert.Equal(100, tracker.Problems.Count);
        Assert.Contains("More problems of this run", tracker.Problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contents_that_have_arrived_do_not_stay()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var going = tracker.StartRun(new RunStart("payments"));
        going.LogArtifact("same", new MemoryStream([1]));
        using (var run = tracker.StartRun(new RunStart("payments")))
        {
            run.LogArtifact("same", new MemoryStream([1]));
            run.LogArtifact("other", new MemoryStream([2]));
            run.Complete();
        }

        await tracker.FlushAsync();
        await UntilAsync(() => Files().Length == 1);
        going.Complete();
        await tracker.FlushAsync();
        await UntilAsync(() => Files().Length == 0);
        Assert.Equal(["other", "same"], (await tracker.ListArtifactsAsync(Server.State.Runs[1].Id)).Select(file => file.Path));

        var content = new MemoryStream([3]);
        Assert.Throws<InvalidOperationException>(() => going.LogArtifact("late", content));
        Assert.Equal(0, content.Position);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Runs_of_a_process_that_is_gone_for_30_days_are_forgotten_if_they_were_sent()
    {
        var time = new ManualTime();
        using var store = RunStore.Open(Folder.File("outbox.db"), new RunStoreOptions { Time = time });
        store.File.Ensure(OutboxSchema.Part);
        var outbox = new Outbox(store);
        var sent = store.StartRun(new RunStart("payments"));
        sent.LogArtifact("a", new MemoryStream([1]));
        var kept = store.StartRun(new RunStart("payments"));
        kept.LogArtifact("b", new MemoryStream([2]));
        var (path, hash) = Assert.Single(outbox.Artifacts(1));
        outbox.RemoveArtifact(1, path, hash);
        outbox.SetSentStatus(1, RunStatus.Lost);
        outbox.SetSentStatus(2, RunStatus.Lost);
        time.Pass(TimeSpan.FromDays(29), areTimersPaused: true);
        outbox.ForgetLost();
        Assert.Equal(2, Files().Length);
        time.Pass(TimeSpan.FromDays(2), areTimersPaused: true);
        outbox.ForgetLost();
        Assert.Single(Files());
        Assert.Equal((RunStatus.Killed, RunStatus.Lost), ((await store.GetRunAsync(sent.Id)).Status, (await store.GetRunAsync(kept.Id)).Status));
        Assert.Single(await store.ListArtifactsAsync(kept.Id));
        Assert.Throws<InvalidOperationException>(() => sent.LogMetrics([new MetricPoint("x", 1)]));
    }

    private string[] Files() => Directory.Exists(Contents) ? Directory.GetFiles(Contents, "*", SearchOption.AllDirectories) : [];

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience.Long);
        while (!condition())
            await Task.Delay(20, limit.Token);
    }
}
