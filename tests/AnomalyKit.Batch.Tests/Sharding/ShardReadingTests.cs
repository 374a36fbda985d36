using System.Reflection;
using System.Text;

namespace AnomalyKit.Batch.Tests.Sharding;

/// <summary>The same bytes, read otherwise, are other rows.</summary>
public sealed class ShardReadingTests
{
    private static readonly CsvTableOptions Usual = new();

    public static TheoryData<string, CsvTableOptions> Changed => new()
    {
        { nameof(CsvTableOptions.Delimiter), Usual with { Delimiter = ',' } },
        { nameof(CsvTableOptions.Encoding), Usual with { Encoding = Encoding.Latin1 } },
        { nameof(CsvTableOptions.HasHeader), Usual with { HasHeader = false } },
        { nameof(CsvTableOptions.RepeatedNames), Usual with { RepeatedNames = CsvRepeatedNames.Number } },
        { nameof(CsvTableOptions.Comment), Usual with { Comment = '#' } },
        { nameof(CsvTableOptions.DecimalSeparator), Usual with { DecimalSeparator = ',' } },
        { nameof(CsvTableOptions.ThousandsSeparator), Usual with { ThousandsSeparator = ' ' } },
        { nameof(CsvTableOptions.CurrencySigns), Usual with { CurrencySigns = ["£"] } },
        { nameof(CsvTableOptions.LocalNumberColumns), Usual with { LocalNumberColumns = ["amount"] } },
        { nameof(CsvTableOptions.DateFormats), Usual with { DateFormats = ["dd.MM.yyyy"] } },
        { nameof(CsvTableOptions.AssumeUtc), Usual with { AssumeUtc = true } },
        { nameof(CsvTableOptions.TrueWords), Usual with { TrueWords = ["oui"] } },
        { nameof(CsvTableOptions.FalseWords), Usual with { FalseWords = ["non"] } },
        { nameof(CsvTableOptions.MissingMarks), Usual with { MissingMarks = ["999"] } },
        { nameof(CsvTableOptions.MissingCategoryMarks), Usual with { MissingCategoryMarks = ["w1"] } },
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public void A_plan_with_other_options_is_another_plan(string name, CsvTableOptions csv)
    {
        ArgumentNullException.ThrowIfNull(name);
        ShardFile[] files = [new(new TableFile("rows.csv", TableFormat.Csv, 100), 10, "fingerprint")];
        var schema = new TableSchema([new TableField("amount", ColumnKind.Number)]);
        Assert.NotEqual(new ShardPlan(2, schema, files, new()).Key, new ShardPlan(2, schema, files, new() { Csv = csv }).Key);
        Assert.Equal(new ShardPlan(2, schema, files, new()).Key, new ShardPlan(2, schema, files, new() { Csv = new() { MaxDegreeOfParallelism = 1, MaxInferenceRows = 10 } }).Key);
        // CSV is not read here at all.
        ShardFile[] others = [new(new TableFile("rows.parquet", TableFormat.Parquet, 100), 10, "fingerprint")];
        Assert.Equal(new ShardPlan(2, schema, others, new()).Key, new ShardPlan(2, schema, others, new() { Csv = csv }).Key);
        Assert.NotEqual(new ShardPlan(2, schema, others, new()).Key, new ShardPlan(2, schema, others, new() { ReadPartitions = false }).Key);
    }

    [Fact]
    public void No_option_of_CSV_is_forgotten()
    {
        string[] harmless =
        [
            nameof(CsvTableOptions.EncodingName), nameof(CsvTableOptions.MaxInferenceRows), nameof(CsvTableOptions.BadRows), nameof(CsvTableOptions.MaxSkippedRows), nameof(CsvTableOptions.BadRowReport),
            nameof(CsvTableOptions.MaxRows), nameof(CsvTableOptions.Progress), nameof(CsvTableOptions.MaxDegreeOfParallelism),
        ];
        var known = Changed.Select(row => (string)row[0]).Concat(harmless);
        Assert.Equal(known.Order(), typeof(CsvTableOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order());
    }

    [Fact]
    public void Parts_that_were_read_otherwise_are_made_again_and_do_not_merge()
    {
        using var data = new ShardData(300, 4, ".csv", ".csv");
        var detector = ShardData.Trainer().Fit(data.Table);
        ShardPlan Plan(params string[] marks) => ShardPlan.Create(
            TableFiles.Find(data.Data), 2, new TableLayout { IdColumns = ["id"] }, new() { Csv = new() { MissingMarks = [.. CsvTableOptions.DefaultMissingMarks, .. marks] } });
        string scores = data.Folder.File("scores");
        ShardPart Score(ShardPlan plan) => ShardedScoring.Run(detector, plan, new Shard(1, 2), scores);
        Assert.False(Score(Plan()).IsReused);
        Assert.True(Score(Plan()).IsReused);
        Assert.False(Score(Plan("no such cell")).IsReused);

        string fit = data.Folder.File("fit");
        ShardPart Fit(ShardPlan plan) => ShardedFit.Run(ShardData.Trainer(), plan, new Shard(1, 2), fit);
        Assert.False(Fit(Plan()).IsReused);
        Assert.True(Fit(Plan()).IsReused);
        Assert.False(Fit(Plan("no such cell")).IsReused);

        string mixed = data.Folder.File("mixed");
        ShardedScoring.Run(detector, Plan(), new Shard(1, 2), mixed);
        ShardedScoring.Run(detector, Plan("no such cell"), new Shard(2, 2), mixed);
        Assert.Contains("how they are read", Assert.Throws<ShardException>(() => ShardData.Parts(mixed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_plan_is_loaded_with_the_options_that_it_was_made_with()
    {
        using var data = new ShardData(50, 1, ".csv");
        TableReadOptions options = new() { Csv = new() { MissingMarks = ["999"] } };
        var plan = ShardPlan.Create(TableFiles.Find(data.Data), 2, null, options);
        string path = data.Folder.File("plan.json");
        plan.Save(path);
        Assert.Equal(plan.Key, ShardPlan.Load(path, options).Key);
        Assert.Contains("other options of reading", Assert.Throws<ShardException>(() => ShardPlan.Load(path)).Message, StringComparison.Ordinal);
        Assert.Contains("row number", Assert.Throws<ShardException>(() => ShardPlan.Load(path, new() { Csv = options.Csv with { MaxRows = 3 } })).Message, StringComparison.Ordinal);
    }
}
