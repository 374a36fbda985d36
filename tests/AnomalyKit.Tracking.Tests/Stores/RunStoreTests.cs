using AnomalyKit.Keeping;
using AnomalyKit.Tests.Tables;
using AnomalyKit.Tracking.Tests.Support;
using FsCheck.Xunit;

namespace AnomalyKit.Tracking.Tests.Stores;

/// <summary>What was logged comes back.</summary>
public sealed class RunStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("runs.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_comes_back_as_it_was_logged()
    {
        var time = new ManualTime();
        var started = time.GetUtcNow();
        using var store = RunStore.Open(Path, new RunStoreOptions { Time = time });
        using var parent = store.StartRun(new RunStart("payments"));
        using var run = store.StartRun(new RunStart("payments")
        {
            Name = "first try",
            ParentRunId = parent.Id,
            Parameters = new Dictionary<string, string> { ["TreeCount"] = "100", ["isolation-forest.SampleSize"] = "256" },
            Tags = new Dictionary<string, string> { ["detector"] = "isolation-forest" },
        });
        run.LogParameters([new("Seed", "7"), new("TreeCount", "100")]);
        run.SetTag("detector", "forest");
        run.SetTag("note", "Größe → ∞ 🎈");
        run.LogMetrics([new MetricPoint("loss", 0.5, 1) { Time = started.AddHours(1) }, new MetricPoint("loss", 0.25, 2), new MetricPoint("average_precision", 0.125)]);
        run.LogMetrics([new MetricPoint("loss", 9, 0)]);
        run.LogArtifact("model/detector.akm", new MemoryStream([1, 2, 3]));
        time.Pass(Patience.Long);
        run.Complete();
        run.Complete(RunStatus.Failed);

        var record = await store.GetRunAsync(run.Id);
        Assert.Equal(("payments", "first try", parent.Id, RunStatus.Finished, started, started.AddMinutes(5)), (record.Experiment, record.Name, record.ParentRunId, record.Status, record.Started, record.Ended!.Value));
        Assert.Equal(new Dictionary<string, string> { ["Seed"] = "7", ["TreeCount"] = "100", ["isolation-forest.SampleSize"] = "256" }, record.Parameters);
        Assert.Equal(new Dictionary<string, string> { ["detector"] = "forest", ["note"] = "Größe → ∞ 🎈" }, record.Tags);
        Assert.Equal([new("average_precision", 0.125) { Time = started }, new("loss", 0.25, 2) { Time = started }], record.Metrics.Values.OrderBy(point => point.Name, StringComparer.Ordinal));
        Assert.Equal([(0, 9.0), (1, 0.5), (2, 0.25)], (await store.GetMetricAsync(run.Id, "loss")).Select(point => ((int)point.Step, point.Value)));
        Assert.Empty(await store.GetMetricAsync(run.Id, "no such metric"));
        var artifact = Assert.Single(await store.ListArtifactsAsync(run.Id));
        Assert.Equal(("model/detector.akm", 3), (artifact.Path, artifact.Length));
        using var content = await store.OpenArtifactAsync(run.Id, artifact.Path);
        Assert.Equal(3, content.Length);
        Assert.Empty(store.Verify());
    }

    [Property(MaxTest = 15)]
    public async Task Every_double_comes_back_to_the_bit(double[] values)
    {
        double[] all = [.. values, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 1e16, 0.1];
        using var folder = new TempFolder();
        using var store = RunStore.Open(folder.File("runs.db"));
        using var run = store.StartRun(new RunStart("values"));
        run.LogMetrics([.. all.Select((value, step) => new MetricPoint("x", value, step))]);
        var read = await store.GetMetricAsync(run.Id, "x");
        Assert.Equal(all.Select(value => value == 0 ? 0 : BitConverter.DoubleToInt64Bits(value)), read.Select(point => point.Value == 0 ? 0 : BitConverter.DoubleToInt64Bits(point.Value)));
        Assert.Equal(0.1, (await store.GetRunAsync(run.Id)).Metrics["x"].Value);
    }

    [Fact]
    public async Task A_parameter_is_logged_once()
    {
        using var store = RunStore.Open(Path);
        using var run = store.StartRun(new RunStart("payments"));
        run.LogParameters([new("Nu", "0.1")]);
        run.LogParameters([new("Nu", "0.1")]);
        var error = Assert.Throws<RunTrackingException>(() => run.LogParameters([new("Other", "1"), new("Nu", "0.2")]));
        Assert.Contains("'Nu'", error.Message, StringComparison.Ordinal);
        // All or nothing.
        Assert.Equal(["Nu"], (await store.GetRunAsync(run.Id)).Parameters.Keys);
    }

    [Fact]
    public void Nothing_is_logged_to_a_run_that_has_ended()
    {
        using var store = RunStore.Open(Path);
        using var run = store.StartRun(new RunStart("payments"));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Complete(RunStatus.Running));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Complete(RunStatus.Lost));
        run.Complete();
        Assert.Throws<InvalidOperationException>(() => run.LogMetrics([new MetricPoint("loss", 1)]));
    }

    [Fact]
    public async Task Who_logs_while_another_thread_ends_the_run_is_refused_and_changes_nothing()
    {
        using var store = RunStore.Open(Path);
        using var run = store.StartRun(new RunStart("payments"));
        Action[] logs =
        [
            () => run.LogMetrics([new MetricPoint("loss", 1)]),
            () => run.LogParameters([new("Nu", "0.1")]),
            () => run.SetTag("note", "late"),
            () => run.LogArtifact("a.txt", new MemoryStream([1])),
        ];
        var thrown = new Exception?[logs.Length];
        Thread[] threads = [.. logs.Select((log, i) => new Thread(() => thrown[i] = Record.Exception(log)) { IsBackground = true })];
        store.File.Write(session =>
        {
            // All of them have looked at the run, and wait for the file while it is ended.
            foreach (var thread in threads)
                thread.Start();
            Assert.True(SpinWait.SpinUntil(() => threads.All(thread => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin)), Patience.Long));
            long number = session.Number("SELECT id FROM runs WHERE run_id = ?1", run.Id);
            RunWriter.End(session, number, RunStatus.Killed, store.Now);
        });
        Assert.All(threads, thread => Assert.True(thread.Join(Patience.Long)));
        Assert.All(thrown, exception => Assert.IsType<InvalidOperationException>(exception));
        // What ended it first counts.
        run.Complete(RunStatus.Finished);
        var record = await store.GetRunAsync(run.Id);
        Assert.Equal(RunStatus.Killed, record.Status);
        Assert.Equal((0, 0, 0), (record.Metrics.Count, record.Parameters.Count, record.Tags.Count));
        Assert.Empty(await store.ListArtifactsAsync(run.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("a\nb")]
    [InlineData("../a")]
    [InlineData("/a")]
    [InlineData("a//b")]
    public void Names_that_MLflow_would_refuse_are_refused(string name)
    {
        using var store = RunStore.Open(Path);
        using var run = store.StartRun(new RunStart("payments"));
        Assert.Throws<ArgumentException>(() => run.LogParameters([new(name, "1")]));
        Assert.Throws<ArgumentException>(() => run.LogMetrics([new MetricPoint(name, 1)]));
        Assert.Throws<ArgumentException>(() => run.SetTag(name, "1"));
        Assert.Throws<ArgumentException>(() => run.LogMetrics([new MetricPoint(new string('x', 251), 1)]));
    }

    [Fact]
    public async Task A_run_that_nobody_ended_has_failed()
    {
        string left, thrown;
        using (var store = RunStore.Open(Path))
        {
            left = store.StartRun(new RunStart("payments")).Id;
            using var run = store.StartRun(new RunStart("payments"));
            thrown = run.Id;
        }

        using var reader = RunStore.Open(Path);
        foreach (string id in (string[])[left, thrown])
            Assert.Equal(RunStatus.Failed, (await reader.GetRunAsync(id)).Status);
    }

    [Fact]
    public async Task A_process_that_gives_no_sign_of_life_loses_its_runs_until_it_does()
    {
        var time = new ManualTime();
        var options = new RunStoreOptions { Time = time, Lease = TimeSpan.FromMinutes(1) };
        using var store = RunStore.Open(Path, options);
        using var reader = RunStore.Open(Path, options);
        using var run = store.StartRun(new RunStart("payments"));
        time.Pass(TimeSpan.FromHours(1));
        Assert.Equal(RunStatus.Running, (await reader.GetRunAsync(run.Id)).Status);
        time.Pass(TimeSpan.FromMinutes(2), areTimersPaused: true);
        Assert.Equal(RunStatus.Lost, (await reader.GetRunAsync(run.Id)).Status);
        Assert.Equal(run.Id, Assert.Single(await Find(reader, new RunQuery { Status = RunStatus.Lost })).Id);
        Assert.Empty(await Find(reader, new RunQuery { Status = RunStatus.Running }));
        // It was paused only: what it does from here on counts.
        run.LogMetrics([new MetricPoint("loss", 1)]);
        time.Pass(TimeSpan.FromSeconds(15));
        Assert.Equal(RunStatus.Running, (await reader.GetRunAsync(run.Id)).Status);
        run.Complete();
        Assert.Equal(RunStatus.Finished, (await reader.GetRunAsync(run.Id)).Status);
    }

    [Fact]
    public async Task A_clock_that_is_set_loses_no_runs()
    {
        var time = new ManualTime();
        using var store = RunStore.Open(Path, new RunStoreOptions { Time = time });
        using var run = store.StartRun(new RunStart("payments"));
        // The system counts starts of processes from its own, so all of them move with the clock.
        store.File.Write(session => session.Execute("UPDATE owners SET process_started = process_started - ?1", TimeSpan.FromHours(1).Ticks));
        Assert.Equal(RunStatus.Running, (await store.GetRunAsync(run.Id)).Status);
        time.Pass(TimeSpan.FromMinutes(2), areTimersPaused: true);
        Assert.Equal(RunStatus.Lost, (await store.GetRunAsync(run.Id)).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        using var store = RunStore.Open(Path);
        using var run = store.StartRun(new RunStart("payments"));
        Assert.Contains("no run 'x'", (await Assert.ThrowsAsync<RunTrackingException>(() => store.GetRunAsync("x"))).Message, StringComparison.Ordinal);
        Assert.Contains("no artifact 'x'", (await Assert.ThrowsAsync<RunTrackingException>(() => store.OpenArtifactAsync(run.Id, "x"))).Message, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => Find(store, new RunQuery { Experiment = "payment" }));
        Assert.Contains("did you mean 'payments'?", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<RunRecord>> Find(RunStore store, RunQuery query) => await store.FindRunsAsync(query).ToListAsync();
}
