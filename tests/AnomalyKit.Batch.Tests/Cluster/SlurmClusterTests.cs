using AnomalyKit.Persistence;
using AnomalyKit.Batch.Sharding;

namespace AnomalyKit.Batch.Tests.Cluster;

/// <summary>Submitting, resuming and asking, against programs that answer as Slurm's do; <c>tests/cluster</c> does the same with a real one.</summary>
[Collection(nameof(ProgramsOnPath))]
public sealed class SlurmClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StandInSlurm? _slurm = File.Exists("/bin/bash") ? new StandInSlurm() : null;

    public void Dispose()
    {
        _slurm?.Dispose();
        _folder.Dispose();
    }

    [BashFact]
    public void Each_step_is_submitted_behind_the_one_before()
    {
        var job = Fit(thresholdData: ["data"]);
        Assert.Equal(
            [new("fit", "101"), new("merge", "102"), new("threshold-score", "103"), new SlurmSubmission("threshold-merge", "104")],
            SlurmCluster.Submit(job));
        Assert.Equal(
            [
                "--parsable fit.sbatch", "--parsable --dependency=afterok:101 merge.sbatch", "--parsable --dependency=afterok:102 threshold-score.sbatch",
                "--parsable --dependency=afterok:103 threshold-merge.sbatch",
            ],
            _slurm!.Asked);
    }

    [BashFact]
    public void Only_missing_shards_are_submitted_again_and_the_count_stays()
    {
        var job = Fit();
        foreach (int index in new[] { 1, 2, 4, 5, 6, 8, 9, 10, 11, 12 })
            LeavePart(job, index);
        Assert.Equal([new("fit", "101"), new SlurmSubmission("merge", "102")], SlurmCluster.Resume(job));
        Assert.Equal(["--parsable --array=3,7 fit.sbatch", "--parsable --dependency=afterok:101 merge.sbatch"], _slurm!.Asked);
        Assert.Contains("--shard env/12", File.ReadAllText(Path.Combine(job.Folder, "fit.sbatch")), StringComparison.Ordinal);
    }

    [BashFact]
    public void What_was_joined_needs_its_parts_no_more_and_what_is_done_needs_nothing()
    {
        var job = Fit(thresholdData: ["data"]);
        File.WriteAllText(Path.Combine(job.Folder, "merge.done"), "");
        Directory.CreateDirectory(_folder["model.akm.parts"]);
        File.WriteAllText(_folder["model.akm.parts/merged.akm"], "");
        Assert.Equal(["threshold-score", "threshold-merge"], SlurmCluster.Resume(job).Select(step => step.Stage));

        File.WriteAllText(Path.Combine(job.Folder, "threshold-merge.done"), "");
        Assert.False(SlurmCluster.Status(job).IsDone);
        File.WriteAllText(_folder["model.akm"], "");
        Assert.True(SlurmCluster.Status(job).IsDone);
        Assert.Empty(SlurmCluster.Resume(job));
    }

    [BashFact]
    public void A_model_of_long_ago_is_no_result()
    {
        var job = Fit();
        File.WriteAllText(_folder["model.akm"], "");
        Assert.False(SlurmCluster.Status(job).IsDone);
    }

    [BashFact]
    public void Scores_of_a_model_that_is_no_longer_there_are_missing()
    {
        var job = new ClusterJob(_folder["scoring"], 2, ["score", "model.akm", "data", "--out", "scores.csv"]) { WorkingDirectory = _folder.Path };
        SlurmCluster.Write(job);
        File.WriteAllText(_folder["data.csv"], "a,b\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{row % 7},{row % 5}\n")));
        var files = TableFiles.Find(_folder["data.csv"]);
        var first = Fitted(files, seed: 1);
        first.Save(_folder["model.akm"]);
        var plan = ShardPlan.Create(files, 2, first.Layout);
        foreach (int index in new[] { 1, 2 })
            ShardedScoring.Run(first, plan, new Shard(index, 2), _folder["scores.csv.parts"], new ShardOptions { Format = TableFormat.Csv });
        File.WriteAllText(Path.Combine(job.Folder, "merge.done"), "");
        File.WriteAllText(_folder["scores.csv"], "");
        Assert.True(SlurmCluster.Status(job).IsDone);

        var second = Fitted(files, seed: 2);
        second.Save(_folder["model.akm"]);
        Assert.False(SlurmCluster.Status(job).IsDone);
        // A program that does not know the kind of the model cannot tell.
        Assert.True(SlurmCluster.Status(job with { Catalog = new ModelCatalog([EllipticEnvelopeDetector.Format]) }).IsDone);
        Assert.False(SlurmCluster.Status(job with { Catalog = new ModelCatalog([IsolationForestDetector.Format]) }).IsDone);
        ShardedScoring.Run(second, plan, new Shard(2, 2), _folder["scores.csv.parts"], new ShardOptions { Format = TableFormat.Csv });
        SlurmCluster.Resume(job);
        Assert.Equal(["--parsable --array=1 score.sbatch", "--parsable --dependency=afterok:101 merge.sbatch"], _slurm!.Asked);
    }

    [BashFact]
    public void The_state_of_a_shard_is_its_result_or_else_what_Slurm_says()
    {
        var job = Fit();
        SlurmCluster.Submit(job);
        _slurm!.Answer("101", "1|COMPLETED|None", "2|RUNNING|None", "3|PENDING|Resources", "4|FAILED|NonZeroExitCode", "5|TIMEOUT|TimeLimit", "6|CANCELLED|None");
        _slurm.Answer("102", "N/A|PENDING|Dependency");
        LeavePart(job, 1);
        Log(job, 4, "line 1", "fit: 'data/part-3.csv', row 12:\u001b[31m not a number", "");
        Log(job, 5, "stopped");
        Log(job, 7, "Slurm forgot me");
        var status = SlurmCluster.Status(job, logLines: 1);
        Assert.Equal(
            [ShardState.Done, ShardState.Running, ShardState.Waiting, ShardState.Failed, ShardState.Failed, ShardState.NotStarted, ShardState.Failed, ShardState.NotStarted],
            status.Stages[0].Shards.Take(8).Select(shard => shard.State));
        Assert.Equal(["fit: 'data/part-3.csv', row 12:?[31m not a number"], status.Stages[0].Shards[3].LogTail);
        Assert.Equal("TIMEOUT", status.Stages[0].Shards[4].Reason);
        Assert.Equal((ShardState.Waiting, "Dependency"), (status.Stages[1].Shards[0].State, status.Stages[1].Shards[0].Reason));
        Assert.True(status.IsActive);
        Assert.Contains("still in the queue", Assert.Throws<ClusterException>(() => SlurmCluster.Resume(job)).Message, StringComparison.Ordinal);
        Assert.Contains("3 tasks", Assert.Throws<ClusterException>(() => SlurmCluster.Submit(job)).Message, StringComparison.Ordinal);
    }

    [BashFact]
    public void What_Slurm_refuses_is_told_with_its_own_words()
    {
        var job = Fit();
        _slurm!.Refuse();
        var refused = Assert.Throws<ClusterException>(() => SlurmCluster.Submit(job));
        Assert.Contains("sbatch: error: Batch job submission failed: Invalid account", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [BashFact]
    public void A_job_that_was_not_written_cannot_be_submitted() =>
        Assert.Contains("Write the job", Assert.Throws<ClusterException>(() => SlurmCluster.Submit(new ClusterJob(_folder["none"], 2, ["fit", "d", "--out", "m"]))).Message, StringComparison.Ordinal);

    private static void LeavePart(ClusterJob job, int index)
    {
        string folder = Directory.CreateDirectory(Path.Combine(job.WorkingDirectory, "model.akm.parts")).FullName;
        var shard = new Shard(index, 12);
        string file = PartManifest.NameOf(ShardPartKind.Fit, shard) + ".rows";
        File.WriteAllText(Path.Combine(folder, file), "rows");
        PartManifest.Write(new ShardPart
        {
            Kind = ShardPartKind.Fit,
            Shard = shard,
            ManifestPath = Path.Combine(folder, PartManifest.NameOf(ShardPartKind.Fit, shard) + ".json"),
            File = new ShardPartFile(file, 4, "hash"),
            TotalRowCount = 100,
            PlanKey = "plan",
            Key = "key",
            Settings = new Dictionary<string, string>(),
        });
    }

    private static TableDetector Fitted(TableFiles files, ulong seed)
    {
        using var reader = files.Open();
        return new TableTrainer(new IsolationForestTrainer { Seed = seed, TreeCount = 5 }).Fit(reader.ReadAll());
    }

    private static void Log(ClusterJob job, int index, params string[] lines) => File.WriteAllLines(Path.Combine(job.Folder, $"logs/fit-{index}.log"), lines);

    private ClusterJob Fit(IReadOnlyList<string>? thresholdData = null)
    {
        var job = new ClusterJob(_folder["job"], 12, ["fit", "data", "--out", "model.akm"], thresholdData) { WorkingDirectory = _folder.Path };
        SlurmCluster.Write(job);
        return job;
    }
}
