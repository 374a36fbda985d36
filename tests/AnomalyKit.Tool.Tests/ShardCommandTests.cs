using System.IO.Compression;
using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>Shards give what one process gives.</summary>
public sealed class ShardCommandTests(Payments payments) : IClassFixture<Payments>
{
    private const int Shards = 3;

    [Fact]
    public void A_forest_of_shards_with_the_threshold_of_all_scores_is_that_of_one_process()
    {
        string model = payments["sharded.akm"];
        string[] fit = ["fit", payments.Csv, "--label", "fraud", "--id", "id", "--detector", "isolation-forest", "--threshold", "contamination:0.01", "--out", model, "--plan", payments["plan.json"]];
        for (int shard = Shards; shard >= 1; shard--)
            Run.Of([.. fit, "--shard", $"{shard}/{Shards}"]).Succeeds();
        string scores = payments["sharded.csv"];
        // Where jobs of clusters put it.
        string merged = model + ".parts/merged.akm";
        Run.Of("merge", model + ".parts", "--out", merged).Succeeds();
        for (int shard = 1; shard <= Shards; shard++)
            Run.Of("score", merged, payments.Csv, "--keep", "id", "--out", scores, "--shard", $"{shard}/{Shards}").Succeeds();
        Run.Of("merge", scores + ".parts", "--model", merged, "--threshold", "contamination:0.01", "--exact", "--out", model).Succeeds();
        Assert.Equal(File.ReadAllBytes(payments.Model), File.ReadAllBytes(model));

        Run.Of("merge", scores + ".parts", "--out", scores + ".parts/score-00001-of-00003.csv").Fails(2, "would be replaced");

        // The scores that the shards wrote are those of one process; labels follow the model that scored.
        Run.Of("merge", scores + ".parts", "--out", scores).Succeeds();
        Assert.Equal(Run.Of("score", merged, payments.Csv, "--keep", "id").Output, File.ReadAllText(scores));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("csv.gz")]
    public void Kept_texts_of_shards_are_those_of_one_process(string ending)
    {
        string[] texts = ["+491500000,0.50,no,-,01.03.2026,007", "491,1.5,yes,NA,02.03.2026,1e5", "\"a, \"\"b\"\"\",-0,true,?,13.12.2026,\"\""];
        string data = payments.Write("texts.csv", "x,phone,price,flag,code,day,mark\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{texts[i < 40 ? 0 : i % 3]}\n")));
        string model = payments["texts.akm"];
        Run.Of("fit", data, "--columns", "x", "--detector", "isolation-forest", "--out", model).Succeeds();
        string[] score = ["score", model, data, "--keep", "phone,price,flag,code,day,mark"];
        string whole = payments[$"whole-texts.{ending}"], joined = payments[$"joined-texts.{ending}"];
        Run.Of([.. score, "--out", whole]).Succeeds();
        foreach (string shard in (string[])["1/2", "2/2"])
            Run.Of([.. score, "--out", joined, "--shard", shard]).Succeeds();
        Run.Of("merge", joined + ".parts", "--out", joined).Succeeds();
        Assert.Equal(Text(whole), Text(joined));

        // So are the highest scores.
        string highest = payments[$"highest-texts.{ending}"];
        Run.Of([.. score, "--only", "top:5", "--out", whole]).Succeeds();
        foreach (string shard in (string[])["1/2", "2/2"])
            Run.Of([.. score, "--only", "top:5", "--out", highest, "--shard", shard]).Succeeds();
        Run.Of("merge", highest + ".parts", "--out", highest).Succeeds();
        Assert.Equal(Text(whole), Text(highest));
    }

    private static string Text(string path)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        return reader.ReadToEnd();
    }

    [Fact]
    public void A_threshold_that_only_begins_like_the_default_has_to_be_named()
    {
        string model = payments["fifteen.akm"], scores = payments["fifteen.parquet"];
        Run.Of("fit", payments.Csv, "--label", "fraud", "--id", "id", "--detector", "isolation-forest", "--threshold", "contamination:0.015", "--out", model).Succeeds();
        Run.Of("score", model, payments.Csv, "--out", scores, "--shard", "1/1").Succeeds();
        Run.Of("merge", scores + ".parts", "--model", model, "--out", payments["fifteen-2.akm"]).Fails(2, "contamination 0.015", "--threshold");
    }

    [UnixFact]
    public void A_file_that_links_of_folders_show_twice_is_read_once_and_not_replaced()
    {
        string folder = Directory.CreateDirectory(payments["linked/2026-03"]).FullName;
        string file = Path.Combine(folder, "payments.csv");
        File.Copy(payments.Csv, file);
        Directory.CreateSymbolicLink(payments["linked/latest"], folder);
        Assert.Equal(
            Run.Of("inspect", file, "--json").Succeeds().Json.GetProperty("rows").GetInt64(),
            Run.Of("inspect", payments["linked"], "--json").Succeeds().Json.GetProperty("rows").GetInt64());
        Run.Of("convert", file, "--out", payments["linked/latest/payments.csv"]).Fails(2, "would be replaced");
        Run.Of("convert", payments["linked/latest/payments.csv"], "--out", file).Fails(2, "would be replaced");
        Assert.Equal(File.ReadAllBytes(payments.Csv), File.ReadAllBytes(file));
    }

    [Fact]
    public void The_run_of_a_fit_in_shards_is_kept_by_its_merge()
    {
        string model = payments["tracked-shards.akm"], store = payments["shards.db"];
        string[] fit = ["fit", payments.Csv, "--label", "fraud", "--id", "id", "--detector", "isolation-forest", "--out", model];
        Run.Of([.. fit, "--shard", "1/2", "--tracking", store]).Fails(2, "--tracking", "'anomalykit merge'");
        foreach (string shard in (string[])["1/2", "2/2"])
            Run.Of([.. fit, "--shard", shard]).Succeeds();
        string said = Run.Of("merge", model + ".parts", "--out", model, "--tracking", store, "--experiment", "payments").Succeeds().Errors;
        Assert.Contains($"of 'payments' → {store}", said, StringComparison.Ordinal);
        var run = Assert.Single(Run.Of("runs", "list", "--tracking", store, "--json").Succeeds().Json.GetProperty("runs").EnumerateArray());
        Assert.Equal(("payments", "finished", "2"), (run.GetProperty("experiment").GetString(), run.GetProperty("status").GetString(), run.GetProperty("tags").GetProperty("shards").GetString()));
        string files = payments["shard-files"];
        Run.Of("runs", "show", run.GetProperty("run_id").GetString()!, "--tracking", store, "--artifacts", files).Succeeds();
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(Path.Combine(files, "model", "detector.akm")));
        Run.Of("score", model, payments.Csv, "--out", payments["tracked.csv"], "--shard", "1/1").Succeeds();
        Run.Of("merge", payments["tracked.csv"] + ".parts", "--out", payments["tracked.csv"], "--tracking", store).Fails(2, "--tracking keeps runs of fits");
    }

    [Fact]
    public void A_part_is_made_once_and_missing_ones_are_named()
    {
        string output = payments["parts.parquet"];
        string[] line = ["score", payments.Model, payments.Csv, "--out", output, "--json"];
        Assert.False(Run.Of([.. line, "--shard", "2/3"]).Succeeds().Json.GetProperty("reused").GetBoolean());
        Assert.True(Run.Of([.. line, "--shard", "2/3"]).Succeeds().Json.GetProperty("reused").GetBoolean());
        Run.Of("merge", output + ".parts", "--out", output, "--wait", "0").Fails(1, "1", "3");
        Assert.False(File.Exists(output));
    }

    [Fact]
    public void A_plan_is_of_its_files_and_columns()
    {
        string plan = payments["other-plan.json"];
        string copy = payments.Write("copy.csv", File.ReadAllText(payments.Csv));
        string[] fit = ["fit", payments.Csv, "--out", payments["planned.akm"], "--id", "id", "--label", "fraud", "--detector", "isolation-forest", "--plan", plan, "--shard", "1/1"];
        Run.Of(fit).Succeeds();
        Run.Of([.. fit.Select(word => word == payments.Csv ? copy : word)]).Fails(1, "copy.csv", "plan");
        Run.Of([.. fit, "--ignore", "hour"]).Fails(1, "'hour'", "plan");
        Run.Of([.. fit, "--columns", "amount"]).Fails(1, "plan");
    }

    [Theory]
    [InlineData("0/3", "from 1 to 3")]
    [InlineData("4/3", "from 1 to 3")]
    [InlineData("3", "3/12")]
    [InlineData("env/3", "SLURM_ARRAY_TASK_ID")]
    [InlineData("a/b", "3/12")]
    public void A_shard_that_is_none_is_usage(string shard, string word) =>
        Run.Of("score", payments.Model, payments.Csv, "--out", payments["none.csv"], "--shard", shard).Fails(2, word);

    [Fact]
    public void Shards_need_a_file_and_a_plan_needs_shards()
    {
        Run.Of("score", payments.Model, payments.Csv, "--shard", "1/2").Fails(2, "--out");
        Run.Of("score", payments.Model, payments.Csv, "--plan", payments["plan.json"]).Fails(2, "--shard");
        Run.Of("merge", payments["nowhere.parts"], "--out", payments["none.csv"], "--wait", "0").Fails(1, "The folder", "nowhere.parts", "does not exist");
        Run.Of("merge", payments["nowhere.parts"], "--out", payments["none.csv"], "--exact").Fails(2, "--model");
    }

    [Fact]
    public void A_job_is_written_and_its_command_is_looked_at_first()
    {
        string[] job = ["cluster", "slurm", "--shards", "4", "--folder", payments["slurm"]];
        var written = Run.Of([.. job, "--", "fit", payments.Csv, "--out", payments["job.akm"], "--label", "fraud"]).Succeeds();
        Assert.All(written.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), path => Assert.True(File.Exists(path), path));
        Run.Of([.. job, "--", "fit", payments.Csv]).Fails(2, "--out");
        Run.Of([.. job, "--", "fit", payments.Csv, "--out", "x.akm", "--shard", "1/2"]).Fails(2, "--shard");
        Run.Of([.. job, "--", "inspect", payments.Csv]).Fails(2, "fit or score");
        Run.Of(job).Fails(2, "--");
        Run.Of("cluster", "slurm", "--", "score", payments.Model, payments.Csv, "--out", "x.csv").Fails(2, "--shards");
        Run.Of([.. job, "--memory", "much", "--", "score", payments.Model, payments.Csv, "--out", "x.csv"]).Fails(2, "4G");
        Run.Of("cluster", "kubernetes", "--shards", "4", "--folder", payments["kubernetes"], "--image", "registry/anomalykit:1", "--claim", "data", "--", "score", "/data/m.akm", "/data/in", "--out", "/data/s.parquet").Succeeds();
    }
}
