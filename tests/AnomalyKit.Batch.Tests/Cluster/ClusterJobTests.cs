namespace AnomalyKit.Batch.Tests.Cluster;

public sealed class ClusterJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_job_is_read_as_it_was_written()
    {
        var job = new ClusterJob(_folder["job"], 12, ["fit", "data dir", "--out", "m\u00e9\n.akm"])
        {
            Name = "nightly-2",
            Tool = ["dotnet", "/opt/it's/anomalykit.dll"],
            WorkingDirectory = _folder.Path,
            Resources = new ClusterResources { ThreadCount = 3, MemoryBytes = 1L << 33, TimeLimit = TimeSpan.FromHours(30.5), MaxConcurrent = 5, Queue = "all" },
        };
        SlurmCluster.Write(job);
        Assert.Equal(job, ClusterJob.Load(job.Folder));
        SlurmCluster.Write(job with { Resources = new ClusterResources() });
        Assert.Equal(new ClusterResources(), ClusterJob.Load(job.Folder).Resources);
    }

    [Fact]
    public void A_folder_belongs_to_one_job()
    {
        string[] command = ["score", "m.akm", "d", "--out", "s.csv"];
        SlurmCluster.Write(new ClusterJob(_folder["job"], 12, command));
        var refused = Assert.Throws<ClusterException>(() => SlurmCluster.Write(new ClusterJob(_folder["job"], 13, command)));
        Assert.Contains("belongs to another job (score, 12 shards)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_job_says_so()
    {
        Assert.Contains("holds no job", Assert.Throws<ClusterException>(() => ClusterJob.Load(_folder["none"])).Message, StringComparison.Ordinal);
        foreach (string content in new[] { "", "{", "[]", "{\"cluster_job\":2}", "{\"cluster_job\":1,\"shards\":0,\"command\":[\"fit\"]}", "{\"cluster_job\":1,\"shards\":2,\"command\":[null]}" })
        {
            File.WriteAllText(_folder["job.json"], content);
            var refused = Assert.Throws<ClusterException>(() => ClusterJob.Load(_folder.Path));
            Assert.Contains("not the description of a job", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Theory]
    [InlineData("does not run as shards")]
    [InlineData("does not run as shards", "compare", "d")]
    [InlineData("has --shard. Leave it out", "fit", "d", "--out", "m", "--shard", "1/2")]
    [InlineData("has --shard. Leave it out", "fit", "d", "--out", "m", "--shard=1/2")]
    [InlineData("has --shard. Leave it out", "fit", "d", "--out:m", "--shard:1/2")]
    [InlineData("has --threads. Leave it out", "score", "m", "d", "--out", "s", "--threads", "2")]
    [InlineData("has no --out", "fit", "d")]
    [InlineData("has no --out", "fit", "d", "--", "--out", "m")]
    [InlineData("Put the name of the model directly after 'score'", "score", "--out", "s", "m", "d")]
    [InlineData("null character", "fit", "d", "--out", "m\0")]
    public void Commands_that_are_none_are_refused(string message, params string[] command)
    {
        var refused = Assert.Throws<ArgumentException>(() => new ClusterJob(_folder["job"], 2, command));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_steps_of_a_fit_find_its_threshold_in_the_scores_of_all_shards_where_that_is_asked_for()
    {
        string[] command = ["fit", "data/", "--out=m.akm", "--threshold", "contamination:0.002", "--ignore", "id"];
        Assert.Equal(["fit", "merge"], new ClusterJob(_folder["job"], 12, command).Stages.Select(stage => stage.Name));
        var job = new ClusterJob(_folder["job"], 12, command, ["data/", "--format", "csv"]);
        Assert.Equal(
            [
                "fit data/ --out=m.akm --threshold contamination:0.002 --ignore id --shard env/12",
                "merge m.akm.parts --out m.akm.parts/merged.akm",
                "score m.akm.parts/merged.akm data/ --format csv --out m.akm.scores.parquet --shard env/12",
                "merge m.akm.scores.parquet.parts --model m.akm.parts/merged.akm --threshold contamination:0.002 --out m.akm",
            ],
            job.Stages.Select(stage => string.Join(' ', stage.Arguments)));
        Assert.Equal([12, 1, 12, 1], job.Stages.Select(stage => stage.ShardCount));
        Assert.Throws<ArgumentException>(() => new ClusterJob(_folder["job"], 12, ["score", "m", "d", "--out", "s"], ["d"]));
        SlurmCluster.Write(job);
        Assert.Equal(job, ClusterJob.Load(job.Folder));
        Assert.Throws<ClusterException>(() => SlurmCluster.Write(new ClusterJob(_folder["job"], 12, command)));
    }

    [Fact]
    public void Texts_that_would_not_arrive_as_they_are_are_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => new ClusterJob(_folder["job"], 2, ["fit", "d", "--out", "m\ud800"]));
        Assert.Contains("not valid Unicode", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nightly")]
    [InlineData("2-nights")]
    [InlineData("night-")]
    [InlineData("a\n#SBATCH --x")]
    public void Names_that_a_scheduler_would_refuse_are_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new ClusterJob(_folder["job"], 2, ["fit", "d", "--out", "m"]) { Name = name });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void The_number_of_shards_has_a_range(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => new ClusterJob(_folder["job"], count, ["fit", "d", "--out", "m"]));

    [Fact]
    public void Resources_have_ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClusterResources { ThreadCount = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClusterResources { MemoryBytes = 1000 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClusterResources { TimeLimit = TimeSpan.FromSeconds(5) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClusterResources { MaxConcurrent = 0 });
        Assert.Throws<ArgumentException>(() => new ClusterResources { Queue = "a b" });
        Assert.Throws<ArgumentException>(() => new ClusterResources { Queue = "" });
    }
}
