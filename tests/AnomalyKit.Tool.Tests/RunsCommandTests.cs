using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>Fits that are tracked, and what is made of their runs.</summary>
public sealed class RunsCommandTests(Payments payments) : IClassFixture<Payments>
{
    [Fact]
    public void A_fit_keeps_a_run_that_is_listed_shown_compared_and_exported()
    {
        string store = payments["runs.db"];
        foreach (string seed in (string[])["1", "2"])
            Fit("--seed", seed, "--tracking", store, "--experiment", "payments").Succeeds();
        var runs = Run.Of("runs", "list", "--tracking", store, "--json").Succeeds().Json.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(["2", "1"], runs.Select(run => run.GetProperty("parameters").GetProperty("Seed").GetString()));
        Assert.All(runs, run => Assert.Equal(("payments", "finished"), (run.GetProperty("experiment").GetString(), run.GetProperty("status").GetString())));
        string first = runs[0].GetProperty("run_id").GetString()!, second = runs[1].GetProperty("run_id").GetString()!;
        Assert.Contains(first, Run.Of("runs", "list", "--tracking", store).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("--limit 0", Run.Of("runs", "list", "--tracking", store, "--limit", "1").Succeeds().Errors, StringComparison.Ordinal);

        string files = payments["files"];
        Assert.Contains("model/detector.akm", Run.Of("runs", "show", first, "--tracking", store, "--artifacts", files).Succeeds().Output, StringComparison.Ordinal);
        // What was kept is the model that was saved.
        Assert.Equal(File.ReadAllBytes(payments["tracked.akm"]), File.ReadAllBytes(Path.Combine(files, "model", "detector.akm")));

        var best = Run.Of("runs", "best", "--metric", "threshold", "--where", "params.Seed = 1", "--tracking", store, "--json").Succeeds().Json;
        Assert.Equal(second, best.GetProperty("run_id").GetString());
        string compared = Run.Of("runs", "compare", first, second, "--tracking", store, "--report", payments["runs.html"]).Succeeds().Output;
        Assert.Contains("Seed", compared, StringComparison.Ordinal);
        Assert.DoesNotContain("TreeCount", compared, StringComparison.Ordinal);
        Assert.Contains("Parameters that differ", File.ReadAllText(payments["runs.html"]), StringComparison.Ordinal);

        string newest = Run.Of("runs", "compare", "--experiment", "payments", "--tracking", store, "--json").Succeeds().Output;
        Assert.Equal(Run.Of("runs", "compare", first, second, "--tracking", store, "--json").Succeeds().Output, newest);
        var one = Run.Of("runs", "compare", "--where", "params.Seed = 1", "--limit", "1", "--tracking", store, "--json").Succeeds();
        Assert.Equal(second, Assert.Single(one.Json.GetProperty("runs").EnumerateArray()).GetProperty("run_id").GetString());
        Assert.Contains("more than these 1 runs", Run.Of("runs", "compare", "--limit", "1", "--tracking", store).Succeeds().Errors, StringComparison.Ordinal);
        Run.Of("runs", "compare", first, "--experiment", "payments", "--tracking", store).Fails(2, "not both");
        Run.Of("runs", "compare", "--experiment", "cards", "--tracking", store).Fails(1, "no experiment 'cards'");
        Run.Of("runs", "compare", "--where", "params.Seed = 9", "--tracking", store).Fails(1, "no such run");
        Run.Of("runs", "compare", "--limit", "101", "--tracking", store).Fails(2, "1 to 100");

        Run.Of("runs", "export", "--tracking", store, "--out", payments["runs.csv"]).Succeeds();
        string[] lines = File.ReadAllLines(payments["runs.csv"]);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("run_id,experiment,name,status,started,ended,parent_run_id,params.", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_cannot_be_opened_is_told_before_the_fit()
    {
        Fit("--tracking", Path.Combine(payments["nowhere"], "runs.db")).Fails(1, "does not exist");
        Run.Of("runs", "list", "--tracking", payments["none.db"]).Fails(1, "no store of runs");
        Run.Of("runs", "list", "--tracking", "postgresql://x").Fails(2, "postgresql");
        Run.Of("runs", "list", "--tracking", payments.Csv).Fails(1, "not a store of runs");
    }

    [Theory]
    [InlineData("--where", "x > 1")]
    [InlineData("--status", "sleeping")]
    [InlineData("--limit", "-1")]
    public void What_cannot_be_asked_is_told(string option, string value) => Run.Of("runs", "list", "--tracking", payments["any.db"], option, value).Fails(2, value.Split(' ')[0]);

    [Fact]
    public void A_metric_that_no_run_has_is_told()
    {
        string store = payments["best.db"];
        Fit("--tracking", store).Succeeds();
        Run.Of("runs", "best", "--metric", "average_precision", "--tracking", store).Fails(1, "average_precision");
        Run.Of("runs", "show", "nobody", "--tracking", store).Fails(1, "no run 'nobody'");
        Run.Of("runs", "list", "--experiment", "anomalykid", "--tracking", store).Fails(1, "did you mean 'anomalykit'?");
    }

    private Run Fit(params string[] options) =>
        Run.Of(["fit", payments.Csv, "--out", payments["tracked.akm"], "--label", "fraud", "--ignore", "id", "--detector", "isolation-forest", "--set", "TreeCount=10", .. options]);
}
