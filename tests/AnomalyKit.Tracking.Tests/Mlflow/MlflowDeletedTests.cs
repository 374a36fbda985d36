namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>What somebody deletes on the server.</summary>
public sealed class MlflowDeletedTests : MlflowServerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_of_a_deleted_experiment_is_kept_until_it_is_restored(bool isKnown)
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options with { FlushTimeout = TimeSpan.FromSeconds(1) });
        Log(tracker, "payments");
        await FlushUntilAsync(tracker, 1);
        Server.State.DeletedExperiments.Add("payments");
        // Another tracker has not looked the experiment up yet.
        using var other = MlflowTracker.Open(Server.Uri, Options with { OutboxPath = Folder.File("other.db"), FlushTimeout = TimeSpan.FromSeconds(1) });
        var asked = isKnown ? tracker : other;
        Log(asked, "payments");
        Log(asked, "elsewhere");
        await FlushUntilAsync(asked, 2);
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => asked.FlushAsync());
        Assert.Contains("Restore it there", error.Message, StringComparison.Ordinal);
        Assert.Empty(asked.Problems);
        Assert.Equal(2, Server.State.Runs.Count);
        Server.State.DeletedExperiments.Clear();
        await FlushUntilAsync(asked, 3);
        Assert.Equal(["1", "2", "1"], Server.State.Runs.Select(run => run.Experiment));
        Assert.All(Server.State.Runs, run => Assert.Equal((1, "FINISHED"), (run.Points.Count, run.Status)));
        Assert.Single(await asked.ListArtifactsAsync(Server.State.Runs[2].Id));
    }

    [Fact]
    public async Task An_experiment_that_is_made_anew_takes_the_later_runs()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        Log(tracker, "payments");
        await tracker.FlushAsync();
        Server.State.Erase("payments");
        Log(tracker, "payments");
        Log(tracker, "payments");
        await tracker.FlushAsync();
        Assert.Equal(["1", "2", "2"], Server.State.Runs.Select(run => run.Experiment));
        Assert.All(Server.State.Runs, run => Assert.Equal((1, "FINISHED"), (run.Points.Count, run.Status)));
        Assert.Equal(4, Server.Count("runs/create"));
    }

    [Fact]
    public async Task A_deleted_run_is_told_in_one_line()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        await UntilAsync(() => Server.State.Runs.Count == 1);
        await tracker.FlushAsync();
        Server.State.Runs[0].IsDeleted = true;
        run.LogMetrics([.. Enumerable.Range(0, 500).Select(i => new MetricPoint("loss", i, i))]);
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync());
        Assert.Contains("somebody has deleted it", error.Message, StringComparison.Ordinal);
        Assert.Contains("somebody has deleted it", Assert.Single(tracker.Problems), StringComparison.Ordinal);
        Assert.InRange(Server.Count("runs/log-batch"), 1, 2);
    }

    private static void Log(MlflowTracker tracker, string experiment)
    {
        using var run = tracker.StartRun(new RunStart(experiment));
        run.LogMetrics([new MetricPoint("loss", 1, 1)]);
        run.LogArtifact("a.txt", new MemoryStream([1]));
        run.Complete();
    }

    private async Task FlushUntilAsync(MlflowTracker tracker, int finished)
    {
        await Record.ExceptionAsync(() => tracker.FlushAsync());
        await UntilAsync(() => Server.State.Runs.Count(run => run.Status == "FINISHED") >= finished);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience.Long);
        while (!condition())
            await Task.Delay(20, limit.Token);
    }
}
