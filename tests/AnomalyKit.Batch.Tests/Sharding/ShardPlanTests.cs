using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Batch.Tests.Sharding;

public sealed class ShardPlanTests
{
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 1000)]
    [InlineData(7, 1000)]
    [InlineData(12, 1000)]
    [InlineData(60, 50)]
    public void Shards_give_the_rows_of_the_table_in_order(int shards, int rows)
    {
        using var data = new ShardData(rows);
        var plan = data.Plan(shards);
        var read = new List<FeatureTable>();
        for (int number = 1; number <= shards; number++)
        {
            using var reader = plan.Open(new Shard(number, shards));
            var part = reader.ReadAll();
            var (first, end) = new Shard(number, shards).RowsOf(rows);
            Assert.Equal(end - first, part.RowCount);
            Assert.Equal(part.RowCount, reader.RowCount);
            if (part.RowCount > 0)
                read.Add(part);
        }

        RandomTables.AssertEqual(data.Table, FeatureTable.Concat(read));
    }

    [Fact]
    public void A_plan_is_the_same_from_its_file_and_from_every_machine()
    {
        using var data = new ShardData();
        var plan = data.Plan(12);
        string path = data.Folder.File("plan.json");
        plan.Save(path);
        var again = ShardPlan.Load(path);
        Assert.Equal(plan.Key, again.Key);
        Assert.Equal(plan.Key, data.Plan(12).Key);
        Assert.Equal(plan.Files, again.Files);
        Assert.Equal(plan.Schema, again.Schema);
        Assert.NotEqual(plan.Key, data.Plan(11).Key);
        Assert.Equal("12 shards of 1000 rows in 6 files", again.ToString());
    }

    [Fact]
    public void A_file_that_changed_is_named()
    {
        using var data = new ShardData();
        var plan = data.Plan(3);
        string path = Path.Combine(data.Data, "part-1.csv");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^2] = bytes[^2] == (byte)'1' ? (byte)'2' : (byte)'1';
        File.WriteAllBytes(path, bytes);
        Assert.Contains("part-1.csv' has changed since its rows were counted", Assert.Throws<ShardException>(() => plan.Open(new Shard(1, 3))).Message, StringComparison.Ordinal);
        File.AppendAllText(path, "x");
        Assert.Contains("part-1.csv' had", Assert.Throws<ShardException>(() => plan.Open(new Shard(1, 3))).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("part-1.csv' existed when its rows were counted", Assert.Throws<ShardException>(() => plan.Open(new Shard(1, 3))).Message, StringComparison.Ordinal);
        // Shards without rows of it are not concerned.
        plan.Open(new Shard(3, 3)).Dispose();
    }

    [Fact]
    public void Shards_of_another_count_are_refused()
    {
        using var data = new ShardData(10);
        Assert.Contains("the plan has 3", Assert.Throws<ArgumentException>(() => data.Plan(3).Open(new Shard(1, 4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_divided_is_refused()
    {
        using var data = new ShardData(10);
        Assert.Contains("Standard input", Assert.Throws<ArgumentException>(() => ShardPlan.Create(TableFiles.Find("-"), 2)).Message, StringComparison.Ordinal);
        var skipping = new TableReadOptions { Csv = new() { BadRows = CsvBadRows.Skip } };
        Assert.Contains("row number", Assert.Throws<ArgumentException>(() => ShardPlan.Create(TableFiles.Find(data.Data), 2, null, skipping)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Plan(0));
        Assert.Throws<OperationCanceledException>(() => ShardPlan.Create(TableFiles.Find(data.Data), 2, null, null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{}", "not a plan of shards")]
    [InlineData("{\"format\":\"anomalykit-plan\"}", "no 'version'")]
    [InlineData("{\"format\":\"anomalykit-plan\",\"version\":9}", "Update AnomalyKit")]
    [InlineData("{\"format\":\"anomalykit-plan\",\"version\":1,\"columns\":[],\"files\":[]}", "at least one column")]
    [InlineData("{\"format\":\"anomalykit-plan\",\"version\":1,\"columns\":[{\"name\":\"x\",\"kind\":\"text\",\"role\":\"id\"}]}", "'text' is not one of number")]
    public void What_is_no_plan_is_said(string json, string message)
    {
        using var folder = new TempFolder();
        string path = folder.File("plan.json");
        File.WriteAllText(path, json);
        var error = Assert.Throws<ShardException>(() => ShardPlan.Load(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_was_changed_by_hand_is_refused()
    {
        using var data = new ShardData(100);
        string path = data.Folder.File("plan.json");
        data.Plan(3).Save(path);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"shards\": 3", "\"shards\": 4", StringComparison.Ordinal));
        Assert.Contains("edited by hand", Assert.Throws<ShardException>(() => ShardPlan.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_that_name_values_are_columns_in_every_shard()
    {
        using var folder = new TempFolder();
        foreach (string month in new[] { "10", "11", "x" })
        {
            using var writer = TableFiles.Create(folder.File($"year=2024/month={month}/rows.parquet"));
            writer.Write(ShardData.Create(40, 3).SelectColumns("amount"));
            writer.Complete();
        }

        var plan = ShardPlan.Create(TableFiles.Find(folder.Root), 4);
        using var all = plan.Open();
        var parts = new List<FeatureTable>();
        foreach (int number in new[] { 1, 2, 3, 4 })
        {
            using var reader = plan.Open(new Shard(number, 4));
            parts.Add(reader.ReadAll());
        }

        Assert.Equal(ColumnKind.Category, plan.Schema.Fields[plan.Schema.IndexOf("month")].Kind);
        RandomTables.AssertEqual(all.ReadAll(), FeatureTable.Concat(parts));
    }

    [Fact]
    public void Row_groups_before_a_shard_are_not_read()
    {
        using var folder = new TempFolder();
        string path = folder.File("rows.parquet");
        var table = ShardData.Create(2000, 3).SelectColumns("amount", "word");
        using (var writer = ParquetTableWriter.Create(path, new ParquetWriteOptions { RowGroupRows = 100 }))
        {
            writer.Write(table);
            writer.Complete();
        }

        var plan = ShardPlan.Create(TableFiles.Find(path), 7);
        using var reader = plan.Open(new Shard(5, 7));
        var (first, end) = new Shard(5, 7).RowsOf(2000);
        RandomTables.AssertEqual(table.Slice((int)first, (int)(end - first)), reader.ReadAll());
        using var whole = ParquetTableReader.Open(path);
        Assert.Equal(1999, whole.SkipRows(1999));
        Assert.Equal(1, whole.ReadAll().RowCount);
        Assert.Equal(0, whole.SkipRows(5));
    }
}
