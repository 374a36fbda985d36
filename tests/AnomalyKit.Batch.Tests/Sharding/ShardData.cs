using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Batch.Tests.Sharding;

/// <summary>A made-up table in several files of several formats, and what is done with it.</summary>
internal sealed class ShardData : IDisposable
{
    public static readonly IsolationForestTrainer Forest = new() { TreeCount = 20, SampleSize = 64, Threshold = ThresholdRule.Contamination(0.02) };

    public ShardData(int rows = 1000, int seed = 1, params string[] endings)
    {
        Table = Create(rows, seed);
        endings = endings.Length > 0 ? endings : [".parquet", ".csv", ".arrow", ".csv.gz", ".parquet", ".parquet"];
        for (int i = 0; i < endings.Length; i++)
        {
            int first = (int)((long)rows * i / endings.Length);
            string path = Folder.File($"data/part-{i}{endings[i]}");
            using var writer = TableFiles.Create(path);
            writer.Write(Table.Slice(first, (int)((i + 1L) * rows / endings.Length) - first));
            writer.Complete();
        }
    }

    public TempFolder Folder { get; } = new();

    public FeatureTable Table { get; }

    public string Data => Path.Combine(Folder.Root, "data");

    public static TableTrainer Trainer(ThresholdRule? rule = null) => new(rule is null ? Forest : Forest with { Threshold = rule });

    public static FeatureTable Create(int rows, int seed)
    {
        var random = new Random(seed);
        T[] Cells<T>(Func<int, T> cell) => [.. Enumerable.Range(0, rows).Select(cell)];
        return new FeatureTable(
            CategoryColumn.FromWords("id", Cells(row => $"row \"{row}\"\n")),
            new DoubleColumn("amount", Cells(_ => Math.Round(random.NextDouble() * 1000, 3))),
            new DoubleColumn("far", Cells(_ => 1e9 + Math.Round(random.NextDouble(), 6))),
            new DoubleColumn("same", Cells(_ => 1.5)),
            CategoryColumn.FromWords("word", Cells(_ => $"w{random.Next(5)}")))
            .WithRole("id", ColumnRole.Id);
    }

    public ShardPlan Plan(int shards) => ShardPlan.Create(TableFiles.Find(Data), shards, new TableLayout { IdColumns = ["id"] });

    public string Fit(ShardPlan plan, string name, TableTrainer? trainer = null)
    {
        string folder = Path.Combine(Folder.Root, name);
        for (int number = plan.ShardCount; number >= 1; number--)
            ShardedFit.Run(trainer ?? Trainer(), plan, new Shard(number, plan.ShardCount), folder);
        return folder;
    }

    public string Score(TableDetector detector, ShardPlan plan, string name, ShardOptions? options = null)
    {
        string folder = Path.Combine(Folder.Root, name);
        for (int number = plan.ShardCount; number >= 1; number--)
            ShardedScoring.Run(detector, plan, new Shard(number, plan.ShardCount), folder, options);
        return folder;
    }

    public static byte[] Bytes(TableDetector detector)
    {
        using var stream = new MemoryStream();
        detector.Save(stream);
        return stream.ToArray();
    }

    public static ShardParts Parts(string folder) => ShardParts.Find([folder], TimeSpan.Zero);

    public void Dispose() => Folder.Dispose();
}
