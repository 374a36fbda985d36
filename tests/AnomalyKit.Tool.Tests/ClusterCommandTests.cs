using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What no task of a job could do is refused when the job is written, and what was asked for arrives in its steps.</summary>
public sealed class ClusterCommandTests(Payments payments) : IClassFixture<Payments>
{
    [Theory]
    [InlineData("--threshold", "contamination:0.05", "--calibration", "rank")]
    [InlineData("--threshold=contamination:0.05", "--calibration=rank")]
    [InlineData("--threshold:contamination:0.05", "--calibration:rank")]
    [InlineData("--set", "Threshold=contamination:0.05", "--set", "Calibration=rank")]
    public void A_job_keeps_threshold_and_calibration_however_they_are_written(params string[] rules)
    {
        string script = ThresholdScript([.. rules, "--out:" + payments["kept.akm"]]);
        Assert.Contains("contamination:0.05", script, StringComparison.Ordinal);
        Assert.Contains("--calibration", script, StringComparison.Ordinal);
        Assert.Contains("rank", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_the_merge_would_take_by_itself_is_not_added() =>
        Assert.DoesNotContain("--calibration", ThresholdScript("--out", payments["plain.akm"]), StringComparison.Ordinal);

    [Fact]
    public void A_calibration_on_rows_that_were_set_aside_is_that_of_the_fit()
    {
        string[] fit = ["fit", payments.Csv, "--out", payments["conformal.akm"], "--calibration", "conformal"];
        Job([], fit).Fails(2, "--sampled-threshold", "was not fitted on");
        Job(["--sampled-threshold"], fit).Succeeds();
        Job([], ["fit", payments.Csv, "--out", payments["conformal.akm"], "--set", "Calibration=conformal"]).Fails(2, "--sampled-threshold");

        string scores = payments["conformal.csv"];
        Run.Of("score", payments.Model, payments.Csv, "--out", scores, "--shard", "1/1").Succeeds();
        string[] merge = ["merge", scores + ".parts", "--model", payments.Model, "--out", payments["conformal2.akm"], "--threshold", "contamination:0.01", "--calibration"];
        Run.Of([.. merge, "conformal"]).Fails(2, "conformal", "was not fitted on");
        Run.Of([.. merge, "rank"]).Succeeds();
    }

    [Theory]
    [InlineData("--threads", "--threads:8")]
    [InlineData("--shard", "--shard:1/2")]
    [InlineData("--tracking", "--tracking", "runs.db")]
    [InlineData("--weight", "--weight", "hour")]
    [InlineData("--skip-bad-rows", "--skip-bad-rows")]
    [InlineData("typo", "--detector", "typo")]
    [InlineData("Treez", "--detector", "isolation-forest", "--set", "Treez=3")]
    public void A_fit_that_every_task_would_refuse_is_not_written(string word, params string[] options) =>
        Job([], ["fit", payments.Csv, "--out", payments["refused.akm"], .. options]).Fails(2, word);

    [Fact]
    public void A_scoring_that_every_task_would_refuse_is_not_written()
    {
        string[] score = ["score", payments.Model, payments.Csv, "--out"];
        Job([], [.. score, "x.xyz"]).Fails(2, "x.xyz", ".parquet");
        Job([], [.. score, "x.csv", "--out-decimal", ","]).Fails(2, "--out-decimal", "convert");
        Job(["--sampled-threshold"], [.. score, "x.csv"]).Fails(2, "--sampled-threshold", "fit");
    }

    [Fact]
    public void Options_that_change_nothing_are_refused()
    {
        string folder = payments["looked-up"];
        Run.Of("cluster", "slurm", "--folder", folder, "--resume", "--memory", "16G").Fails(2, "--resume", "--memory");
        Run.Of("cluster", "slurm", "--folder", folder, "--status", "--shards", "9").Fails(2, "--status", "--shards");
        Run.Of("cluster", "slurm", "--folder", folder, "--status", "--", "fit", "nothing").Fails(2, "--status", "--");
        Run.Of("cluster", "kubernetes", "--shards", "2", "--folder", folder, "--image", "i:1", "--claim", "data", "--partition", "gpu", "--", "score", "m.akm", "in", "--out", "s.csv").Fails(2, "--partition", "Slurm");
        Run.Of("cluster", "slurm", "--folder", folder, "--status", "--json", "--quiet").Fails(1, "holds no job");
    }

    [Fact]
    public void Data_that_begins_with_a_hyphen_is_data_in_every_step()
    {
        Job(["--folder", payments["hyphen"]], ["fit", "--out", payments["hyphen.akm"], "--", "-rows.csv"]).Succeeds();
        Assert.Contains("./-rows.csv", File.ReadAllText(Path.Combine(payments["hyphen"], "threshold-score.sbatch")), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_below_the_data_are_refused_because_the_neighbors_would_read_them()
    {
        string data = payments["searched"];
        Directory.CreateDirectory(Path.Combine(data, "inner"));
        File.Copy(payments.Csv, Path.Combine(data, "rows.csv"), overwrite: true);
        foreach (string place in (string[])["s.csv", "inner/s.csv"])
        {
            foreach (string searched in (string[])[data, $"{data}/**/*.csv"])
                Run.Of("score", payments.Model, searched, "--out", Path.Combine(data, place), "--shard", "1/2").Fails(2, "--out", "neighbors");
        }

        Run.Of("score", payments.Model, $"{data}/*", "--out", Path.Combine(data, "s.csv"), "--shard", "1/2").Fails(2, "neighbors");
        Job([], ["score", payments.Model, data, "--out", Path.Combine(data, "s.csv")]).Fails(2, "neighbors");
        Job([], ["fit", data, "--out", Path.Combine(data, "m.akm")]).Fails(2, "neighbors");
        // A pattern that the parts do not fit may stay.
        foreach (var (searched, output) in new[] { (data, payments["searched.csv"]), ($"{data}/*.csv", Path.Combine(data, "s.csv")) })
        {
            foreach (string shard in (string[])["1/2", "2/2"])
                Run.Of("score", payments.Model, searched, "--out", output, "--shard", shard).Succeeds();
        }
    }

    private string ThresholdScript(params string[] options)
    {
        string folder = payments[$"rules-{Guid.NewGuid():N}"];
        Job(["--folder", folder], ["fit", payments.Csv, "--label", "fraud", .. options]).Succeeds();
        return File.ReadAllText(Path.Combine(folder, "threshold-merge.sbatch"));
    }

    private Run Job(string[] options, string[] command) =>
        Run.Of(["cluster", "slurm", "--shards", "2", .. options.Contains("--folder") ? options : ["--folder", payments[$"job-{Guid.NewGuid():N}"], .. options], "--", .. command]);
}
