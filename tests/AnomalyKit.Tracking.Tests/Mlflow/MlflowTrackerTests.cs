using AnomalyKit.Keeping;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>What is logged arrives whole and once, whatever happens on the way.</summary>
public sealed class MlflowTrackerTests : MlflowServerTests
{
    [Fact]
    public async Task A_run_arrives_as_it_was_logged()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var parent = tracker.StartRun(new RunStart("payments"));
        using var run = tracker.StartRun(new RunStart("payments")
        {
            Name = "first",
            ParentRunId = parent.Id,
            Parameters = new Dictionary<string, string> { ["TreeCount"] = "100" },
            Tags = new Dictionary<string, string> { ["note"] = "Größe 🎈 \"x\"" },
        });
        run.LogMetrics([new MetricPoint("x", 1, 1), new MetricPoint("x", double.NaN, 2), new MetricPoint("x", double.PositiveInfinity, 3), new MetricPoint("x", double.NegativeInfinity, 4)]);
        run.LogArtifact("model/detector.akm", new MemoryStream([1, 2, 3]));
        run.LogArtifact("report.html", new MemoryStream([4]));
        run.Complete();
        parent.Complete(RunStatus.Killed);
        await tracker.FlushAsync();

        Assert.Equal(["RUNNING", "FINISHED", "KILLED"], ((string[])["RUNNING"]).Concat(Server.State.Runs.Select(one => one.Status).Order(StringComparer.Ordinal)));
        var record = await tracker.GetRunAsync(run.Id);
        Assert.Equal(("payments", "first", RunStatus.Finished, "100", "Größe 🎈 \"x\""), (record.Experiment, record.Name, record.Status, record.Parameters["TreeCount"], record.Tags["note"]));
        Assert.Equal(Environment.UserName, record.Tags["mlflow.user"]);
        Assert.Equal((await tracker.GetRunAsync(parent.Id)).Id, record.ParentRunId);
        Assert.Equal([1, double.NaN, double.PositiveInfinity, double.NegativeInfinity], (await tracker.GetMetricAsync(run.Id, "x")).Select(point => point.Value));
        Assert.Equal(["model/detector.akm", "report.html"], (await tracker.ListArtifactsAsync(run.Id)).Select(file => file.Path));
        using var model = await tracker.OpenArtifactAsync(run.Id, "model/detector.akm");
        Assert.Equal(3, await model.ReadAsync(new byte[10]));
        Assert.Equal(record.Id, Assert.Single(await tracker.FindRunsAsync(new RunQuery { ParentRunId = parent.Id }).ToListAsync()).Id);
    }

    [Fact]
    public async Task What_is_logged_and_ended_while_an_artifact_is_on_its_way_arrives()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        Server.Meanwhile = () =>
        {
            run.LogArtifact("report.html", new MemoryStream([4]));
            run.Complete();
        };
        run.LogArtifact("model/detector.akm", new MemoryStream([1, 2, 3]));
        await tracker.FlushAsync();
        Assert.Equal(["model/detector.akm", "report.html"], (await tracker.ListArtifactsAsync(run.Id)).Select(file => file.Path));
        Assert.Equal("FINISHED", Assert.Single(Server.State.Runs).Status);
    }

    [Fact]
    public async Task What_another_process_logs_while_the_end_of_the_run_is_on_its_way_arrives()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        int late = 1;
        Server.FaultOf = (path, _) =>
        {
            // As an older version does that shares the outbox: it looks whether the run goes on, and writes afterwards.
            if (path == "runs/update" && late-- > 0)
            {
                using var other = RunStore.Open(tracker.OutboxPath);
                other.File.Write(session =>
                {
                    long number = session.Number("SELECT id FROM runs WHERE run_id = ?1", run.Id);
                    RunWriter.Points(session, number, [new MetricPoint("late", 7)], other.Now);
                    RunWriter.Tag(session, number, "late", "yes");
                });
            }

            return null;
        };
        run.LogMetrics([new MetricPoint("x", 1)]);
        run.Complete();
        await tracker.FlushAsync();
        var sent = Assert.Single(Server.State.Runs);
        Assert.Equal((2, 7.0, "yes", "FINISHED"), (sent.Points.Count, sent.Last("late"), sent.Tags["late"], sent.Status));
    }

    [Fact]
    public async Task Whatever_is_much_or_long_is_cut_to_the_limits()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogMetrics([.. Enumerable.Range(0, 1500).Select(i => new MetricPoint("loss", i, i))]);
        run.LogParameters(Enumerable.Range(0, 250).Select(i => KeyValuePair.Create($"p{i}", new string('é', 5999))));
        run.LogParameters([new("long", new string('x', 7000))]);
        for (int i = 0; i < 120; i++)
            run.SetTag($"t{i}", "1");
        run.SetTag("note", new string('x', 5001));
        run.Complete();
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync());
        Assert.Contains("'long'", error.Message, StringComparison.Ordinal);
        var sent = Assert.Single(Server.State.Runs);
        Assert.Equal((1500, 251, "FINISHED"), (sent.Points.Count, sent.Parameters.Count, sent.Status));
        Assert.Equal((6000, 5000), (sent.Parameters["long"].Length, sent.Tags["note"].Length));
        Assert.Contains(tracker.Problems, problem => problem.Contains("tag 'note'", StringComparison.Ordinal) && problem.Contains("5001", StringComparison.Ordinal));
        Assert.EndsWith("… (7000 characters)", sent.Parameters["long"], StringComparison.Ordinal);
        Assert.Equal(120, sent.Tags.Keys.Count(name => name.StartsWith('t')));
    }

    [Theory]
    [InlineData(502)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_lost_answer_doubles_nothing(int status)
    {
        var lost = new Fault(status, IsCommitted: true);
        foreach (string path in (string[])["experiments/create", "runs/create", "runs/log-batch", "runs/update"])
            Server.Fail(path, lost);
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments") { Parameters = new Dictionary<string, string> { ["Nu"] = "0.1" } });
        run.LogMetrics([.. Enumerable.Range(0, 1500).Select(i => new MetricPoint(i % 2 == 0 ? "a" : "b", i % 7 == 0 ? double.NaN : i, i))]);
        run.Complete();
        await tracker.FlushAsync();
        var sent = Assert.Single(Server.State.Runs);
        Assert.Equal((1500, "FINISHED"), (sent.Points.Count, sent.Status));
        Assert.Equal(1500, sent.Points.Select(point => (long)point["step"]!).Distinct().Count());
    }

    [Fact]
    public async Task AServer_that_is_busy_is_asked_again_when_it_says()
    {
        Server.Fail("runs/log-batch", new Fault(429, RetryAfter: "1"), new Fault(429, RetryAfter: "0"), new Fault(503, RetryAfter: "Wed, 21 Oct 2015 07:28:00 GMT"));
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogMetrics([new MetricPoint("x", 1)]);
        run.Complete();
        await tracker.FlushAsync();
        Assert.Equal(4, Server.Count("runs/log-batch"));
        Assert.Single(Assert.Single(Server.State.Runs).Points);
    }

    [Fact]
    public async Task What_the_server_refuses_is_not_asked_again_and_loses_nothing_else()
    {
        Server.State.Refused.Add("p7");
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogParameters(Enumerable.Range(0, 20).Select(i => KeyValuePair.Create($"p{i}", "1")));
        run.LogMetrics([new MetricPoint("x", 1)]);
        run.Complete();
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync());
        Assert.Contains("'p7'", error.Message, StringComparison.Ordinal);
        Assert.Contains("is refused", error.Message, StringComparison.Ordinal);
        Assert.Equal((19, 1, "FINISHED"), (Server.State.Runs[0].Parameters.Count, Server.State.Runs[0].Points.Count, Server.State.Runs[0].Status));
        Assert.InRange(Server.Count("runs/log-batch"), 2, 2 * 6);
    }

    [Fact]
    public async Task AServer_that_is_away_loses_nothing_and_the_next_process_sends_it()
    {
        Server.IsAway = true;
        string id;
        using (var tracker = MlflowTracker.Open(Server.Uri, Options with { FlushTimeout = TimeSpan.FromMilliseconds(200) }))
        {
            using var run = tracker.StartRun(new RunStart("payments"));
            id = run.Id;
            run.LogMetrics([new MetricPoint("x", 1)]);
            run.LogArtifact("a.txt", new MemoryStream([1]));
            run.Complete();
            var error = await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync());
            Assert.Contains("outbox.db", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Server.State.Runs);
        Server.IsAway = false;
        using var next = MlflowTracker.Open(Server.Uri, Options);
        await next.FlushAsync();
        var sent = Assert.Single(Server.State.Runs);
        Assert.Equal((1, "FINISHED"), (sent.Points.Count, sent.Status));
        Assert.Equal(sent.Id, (await next.GetRunAsync(id)).Id);
        Assert.Equal(["a.txt"], (await next.ListArtifactsAsync(id)).Select(file => file.Path));
    }

    [Fact]
    public async Task A_login_comes_from_the_address_and_never_shows()
    {
        Server.Authorization = "Basic " + Convert.ToBase64String("me:p@ss"u8);
        using (var wrong = MlflowTracker.Open(Server.Uri, Options))
        {
            wrong.StartRun(new RunStart("payments")).Complete();
            var error = await Assert.ThrowsAsync<RunTrackingException>(() => wrong.FlushAsync());
            Assert.Contains("MLFLOW_TRACKING_USERNAME", error.Message, StringComparison.Ordinal);
        }

        using var tracker = MlflowTracker.Open(Server.Uri.Replace("http://", "http://me:p%40ss@", StringComparison.Ordinal), Options);
        await tracker.FlushAsync();
        Assert.DoesNotContain("p@ss", tracker.Server, StringComparison.Ordinal);
        Assert.Single(Server.State.Runs);
        Server.Authorization = "Bearer secret";
        using var token = MlflowTracker.Open(Server.Uri, Options with { OutboxPath = Folder.File("other.db"), Token = "secret" });
        Assert.Single(await token.FindRunsAsync().ToListAsync());
        Assert.DoesNotContain("secret", (Options with { Token = "secret" }).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "<html>not here</html>")]
    [InlineData(200, "<html>welcome</html>")]
    public async Task Something_that_is_no_MLflowServer_is_told_and_nothing_is_lost(int status, string page)
    {
        Server.FaultOf = (path, _) => path == "experiments/get-by-name" ? new Fault(status, Body: page) : null;
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        tracker.StartRun(new RunStart("payments")).Complete();
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync());
        Assert.Contains("Check that the address is that of an MLflow server", error.Message, StringComparison.Ordinal);
        Assert.Empty(Server.State.Runs);
        Server.FaultOf = (_, _) => null;
        await tracker.FlushAsync();
        Assert.Equal("FINISHED", Assert.Single(Server.State.Runs).Status);
    }

    [Fact]
    public async Task The_best_of_1200_runs_is_found_behind_the_first_page()
    {
        for (int i = 1; i <= 1200; i++)
        {
            var run = new StandInRun($"run-{i}", "0", 1_800_000_000_000 + i, string.Empty);
            run.Points.Add(new() { ["key"] = "x", ["value"] = i == 1150 ? 2 : i / 1200.0, ["timestamp"] = 1_800_000_000_000, ["step"] = 0 });
            Server.State.Add(run);
        }

        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        Assert.Equal(1200, (await tracker.FindRunsAsync().ToListAsync()).Select(run => run.Id).Distinct().Count());
        Assert.Equal("run-1150", (await tracker.FindBestAsync("x"))!.Id);
        Assert.Equal(1100, (await tracker.FindRunsAsync(new RunQuery { MaxCount = 1100 }).ToListAsync()).Count);
        Server.State.PageSize = 7;
        Assert.Equal(1200, (await tracker.FindRunsAsync().ToListAsync()).Count);
    }

    [Fact]
    public async Task Models_are_registered_with_versions_aliases_and_stages()
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogArtifact("model/detector.akm", new MemoryStream([1]));
        Server.Fail("model-versions/create", new Fault(502, IsCommitted: true));
        var first = await tracker.RegisterModelAsync("payments", run.Id, "model/detector.akm");
        var second = await tracker.RegisterModelAsync("payments", run.Id, "model/detector.akm");
        Assert.Equal((1, 2, "model/detector.akm"), (first.Version, second.Version, second.ArtifactPath));
        await tracker.SetAliasAsync("payments", "champion", 2);
        await tracker.SetStageAsync("payments", 2, ModelStage.Production);
        Assert.Equal((2, ModelStage.Production), ((await tracker.FindModelAsync("payments", "champion"))!.Version, (await tracker.FindModelAsync("payments", "2"))!.Stage));
        Assert.Equal(["champion"], (await tracker.ListModelsAsync("payments"))[1].Aliases);
        await tracker.SetAliasAsync("payments", "champion", null);
        Assert.Null(await tracker.FindModelAsync("payments", "champion"));
        Assert.Null(await tracker.FindModelAsync("payments", "9"));
        await Assert.ThrowsAsync<RunTrackingException>(() => tracker.RegisterModelAsync("payments", run.Id, "other.akm"));
    }

    [Theory]
    [InlineData("Anna's model")]
    [InlineData("Anna's \"best\" model")]
    public async Task A_model_with_an_apostrophe_is_found_and_registered_once(string model)
    {
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogArtifact("model.akm", new MemoryStream([1]));
        Server.Fail("model-versions/create", new Fault(502, IsCommitted: true));
        Assert.Equal(1, (await tracker.RegisterModelAsync(model, run.Id, "model.akm")).Version);
        await tracker.RegisterModelAsync("other", run.Id, "model.akm");
        Assert.Equal([(model, 1)], (await tracker.ListModelsAsync(model)).Select(version => (version.Model, version.Version)));
    }

    [Fact]
    public async Task A_path_of_the_server_does_not_lead_out_of_the_folder()
    {
        Server.State.Add(new StandInRun("run", "0", 1_800_000_000_000, string.Empty));
        Server.State.ListedBesides.Add("../x");
        using var tracker = MlflowTracker.Open(Server.Uri, Options);
        string folder = Folder.File("artifacts/x")[..^2];
        await Assert.ThrowsAsync<RunTrackingException>(() => tracker.SaveArtifactsAsync("run", folder));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void What_is_no_address_is_refused()
    {
        foreach (string uri in (string[])["ftp://x", "http://", "localhost:5000"])
            Assert.Throws<ArgumentException>(() => MlflowTracker.Open(uri, Options));
        Assert.Throws<ArgumentException>(() => TrackingTarget.Open("postgresql://x"));
        Assert.Throws<ArgumentException>(() => TrackingTarget.Open("sqlite:"));
        Assert.Throws<RunTrackingException>(() => TrackingTarget.OpenExisting(Folder.File("none.db")));
        using var one = TrackingTarget.Open("sqlite:" + Folder.File("one.db"));
        using var same = TrackingTarget.OpenExisting("sqlite:///" + Folder.File("one.db"));
        Assert.Equal(((RunStore)one).Path, ((RunStore)same).Path);
    }
}
