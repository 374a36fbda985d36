namespace AnomalyKit.Batch.Tests.Sharding;

public sealed class ShardedFitTests
{
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 1000)]
    [InlineData(7, 1000)]
    [InlineData(12, 1000)]
    [InlineData(60, 50)]
    public void The_forest_of_shards_is_that_of_one_process_to_the_byte(int shards, int rows)
    {
        using var data = new ShardData(rows);
        byte[] whole = ShardData.Bytes(ShardData.Trainer().Fit(data.Table));
        string folder = data.Fit(data.Plan(shards), "parts");
        Assert.Equal(whole, ShardData.Bytes(ShardedFit.Merge(ShardData.Trainer(), ShardData.Parts(folder))));
        Assert.Equal(whole, ShardData.Bytes(ShardedFit.Fit(ShardData.Trainer(), data.Plan(shards))));
    }

    [Fact]
    public void Equal_rows_give_the_same_forest_in_shards()
    {
        using var data = new ShardData(1);
        var path = Path.Combine(data.Data, "part-9.csv");
        File.WriteAllText(path, "id,amount,far,same,word\n" + string.Concat(Enumerable.Repeat("a,1,2,3,x\n", 50)));
        var plan = data.Plan(7);
        using var reader = plan.Open();
        Assert.Equal(
            ShardData.Bytes(ShardData.Trainer().Fit(reader.ReadAll())),
            ShardData.Bytes(ShardedFit.Merge(ShardData.Trainer(), ShardData.Parts(data.Fit(plan, "parts")))));
    }

    [Fact]
    public void Other_trainers_see_the_same_sample_however_many_shards_there_are()
    {
        using var data = new ShardData(900, 1, ".parquet", ".csv");
        var trainer = new TableTrainer(new NearestNeighborsTrainer()) { Preparation = new() { Categories = CategoryEncoding.OneHot } };
        byte[] Fitted(int shards, int sampleSize)
        {
            var plan = data.Plan(shards);
            string folder = Path.Combine(data.Folder.Root, $"knn {shards} {sampleSize}");
            for (int number = 1; number <= shards; number++)
                ShardedFit.Run(trainer, plan, new Shard(number, shards), folder, new ShardOptions { SampleSize = sampleSize });
            return ShardData.Bytes(ShardedFit.Merge(trainer, ShardData.Parts(folder)));
        }

        byte[] sampled = Fitted(1, 300);
        Assert.Equal(sampled, Fitted(3, 300));
        Assert.Equal(sampled, Fitted(12, 300));
        Assert.NotEqual(sampled, Fitted(3, 301));
        Assert.Equal(ShardData.Bytes(trainer.Fit(data.Table)), Fitted(7, 900));
    }

    [Fact]
    public void A_part_that_is_there_is_not_made_again_unless_something_changed()
    {
        using var data = new ShardData();
        var plan = data.Plan(3);
        string folder = Path.Combine(data.Folder.Root, "parts");
        var shard = new Shard(2, 3);
        ShardPart Run(IsolationForestTrainer? forest = null, string? setting = null) =>
            ShardedFit.Run(new TableTrainer(forest ?? ShardData.Forest), plan, shard, folder, new ShardOptions { Settings = new Dictionary<string, string> { ["detector"] = setting ?? "isolation-forest" } });
        Assert.False(Run().IsReused);
        byte[] first = File.ReadAllBytes(Path.Combine(folder, "fit-00002-of-00003.rows"));
        Assert.True(Run().IsReused);
        // Depth is the merge's affair.
        Assert.True(Run(ShardData.Forest with { MaxDepth = 3 }).IsReused);
        Assert.False(Run(ShardData.Forest with { TreeCount = 90, Seed = 2 }, "other").IsReused);
        Assert.False(Run().IsReused);
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(folder, "fit-00002-of-00003.rows")));
        File.WriteAllBytes(Path.Combine(folder, "fit-00002-of-00003.rows"), first[..^1]);
        Assert.False(Run().IsReused);
        first[^9] ^= 1;
        File.WriteAllBytes(Path.Combine(folder, "fit-00002-of-00003.rows"), first);
        Assert.False(Run().IsReused);
        File.WriteAllText(Path.Combine(folder, "fit-00002-of-00003.json"), "{");
        Assert.False(Run().IsReused);
        Assert.True(Run().IsReused);
    }

    [Fact]
    public void What_a_killed_task_leaves_is_not_taken_for_a_part()
    {
        using var data = new ShardData();
        var plan = data.Plan(3);
        string folder = data.Fit(plan, "parts");
        byte[] merged = ShardData.Bytes(ShardedFit.Merge(ShardData.Trainer(), ShardData.Parts(folder)));
        byte[] rows = File.ReadAllBytes(Path.Combine(folder, "fit-00003-of-00003.rows"));
        // Killed at 60 % of its file, or between the file and its manifest.
        File.Delete(Path.Combine(folder, "fit-00003-of-00003.json"));
        File.WriteAllBytes(Path.Combine(folder, "fit-00003-of-00003.rows.0a1b2c3d.tmp"), rows[..(rows.Length * 6 / 10)]);
        Assert.Equal([3], Assert.Throws<ShardException>(() => ShardData.Parts(folder)).MissingShards);
        Assert.Equal([3], ShardParts.FindMissing(folder, ShardPartKind.Fit, 3));
        Assert.False(ShardedFit.Run(ShardData.Trainer(), plan, new Shard(3, 3), folder).IsReused);
        Assert.Equal(merged, ShardData.Bytes(ShardedFit.Merge(ShardData.Trainer(), ShardData.Parts(folder))));
    }

    [Fact]
    public void A_cancelled_shard_leaves_nothing()
    {
        using var data = new ShardData(200_000, 1, ".parquet");
        var plan = data.Plan(1);
        string folder = Path.Combine(data.Folder.Root, "parts");
        using var stop = new CancellationTokenSource();
        var options = new ShardOptions { Progress = new Stopping(stop) };
        Assert.ThrowsAny<OperationCanceledException>(() => ShardedFit.Run(ShardData.Trainer(), plan, new Shard(1, 1), folder, options, stop.Token));
        Assert.Empty(Directory.Exists(folder) ? Directory.GetFiles(folder) : []);
        Assert.Equal([1], ShardParts.FindMissing(folder, ShardPartKind.Fit, 1));
    }

    [Fact]
    public void Two_tasks_of_one_shard_at_once_write_the_same()
    {
        using var data = new ShardData();
        var plan = data.Plan(3);
        string folder = data.Fit(plan, "parts");
        byte[] before = File.ReadAllBytes(Path.Combine(folder, "fit-00002-of-00003.rows"));
        Parallel.For(0, 8, _ => ShardedFit.Run(ShardData.Trainer(), plan, new Shard(2, 3), folder, new ShardOptions { ReusesParts = false }));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder, "fit-00002-of-00003.rows")));
        Assert.Equal(6, Directory.GetFiles(folder).Length);
        ShardData.Parts(folder);
    }

    [Fact]
    public void Rows_that_cannot_be_used_are_named_by_file()
    {
        using var data = new ShardData(20, 1, ".csv");
        File.WriteAllText(Path.Combine(data.Data, "part-1.csv"), "id,amount,far,same,word\na,,2,3,x\n");
        var plan = data.Plan(2);
        var error = Assert.Throws<TableDataException>(() => ShardedFit.Run(ShardData.Trainer(), plan, new Shard(2, 2), data.Folder.Root));
        Assert.Equal(20, error.Row);
        Assert.Contains("'amount' is missing", error.Message, StringComparison.Ordinal);
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<TableProgress>
    {
        public void Report(TableProgress value) => stop.Cancel();
    }
}
