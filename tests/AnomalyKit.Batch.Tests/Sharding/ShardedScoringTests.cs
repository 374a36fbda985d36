using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Batch.Tests.Sharding;

public sealed class ShardedScoringTests
{
    [Theory]
    [InlineData(TableFormat.Csv, ".csv")]
    [InlineData(TableFormat.Parquet, ".parquet")]
    [InlineData(TableFormat.Parquet, ".csv")]
    [InlineData(TableFormat.Arrow, ".parquet")]
    [InlineData(TableFormat.JsonLines, ".jsonl")]
    public void Scores_of_shards_are_those_of_one_process(TableFormat format, string ending)
    {
        const int Rows = 60;
        using var data = new ShardData(Rows);
        var detector = ShardData.Trainer().Fit(data.Table);
        var options = new ShardOptions { Format = format, Score = new() { KeepsRowNumbers = true, KeptColumns = ["word"] } };
        string whole = One(data, detector, options, "whole" + ending);
        foreach (int shards in new[] { 1, 3, 12, 70 })
        {
            string folder = data.Score(detector, data.Plan(shards), $"scores {shards}", options);
            string merged = data.Folder.File($"merged {shards}{ending}");
            var done = ShardedScoring.Merge(ShardData.Parts(folder), merged);
            Assert.Equal(Rows, done.RowCount);
            Assert.Equal(detector.IsAnomaly(data.Table).Count(isAnomaly => isAnomaly), done.AnomalyCount);
            if (ending is ".csv" or ".jsonl")
                Assert.Equal(File.ReadAllText(whole), File.ReadAllText(merged));
            else
                RandomTables.AssertEqual(Read(whole), Read(merged));
        }
    }

    [Fact]
    public void The_threshold_of_all_scores_is_found_within_the_error_or_exactly_and_decides()
    {
        using var data = new ShardData(40_000, 1, ".parquet", ".parquet");
        var rule = ThresholdRule.Contamination(0.01);
        var whole = ShardData.Trainer(rule).Fit(data.Table);
        var estimated = ShardedFit.Merge(ShardData.Trainer(rule), ShardData.Parts(data.Fit(data.Plan(3), "parts", ShardData.Trainer(rule))));
        var parts = ShardData.Parts(data.Score(estimated, data.Plan(7), "scores"));
        var sketched = ShardedScoring.WithThreshold(estimated, parts, rule);
        Assert.InRange(sketched.Threshold, whole.Threshold * (1 - ScoreSketch.RelativeError), whole.Threshold * (1 + ScoreSketch.RelativeError));
        var exact = ShardedScoring.WithThreshold(estimated, parts, rule, isExact: true);
        Assert.Equal(ShardData.Bytes(whole), ShardData.Bytes(exact));
        string merged = data.Folder.File("merged.parquet");
        var done = ShardedScoring.Merge(parts, merged, decideBy: exact);
        Assert.Equal(whole.IsAnomaly(data.Table), ((BooleanColumn)Read(merged)["label"]).Cells.ToArray().Select(cell => cell == 1));
        Assert.Equal(whole.IsAnomaly(data.Table).Count(isAnomaly => isAnomaly), done.AnomalyCount);
        Assert.Contains("by another detector", Assert.Throws<ArgumentException>(() => ShardedScoring.WithThreshold(exact, parts, rule)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibration_brings_p_values()
    {
        using var data = new ShardData(500, 1, ".csv");
        var detector = ShardData.Trainer().Fit(data.Table);
        var parts = ShardData.Parts(data.Score(detector, data.Plan(3), "scores", new ShardOptions { Format = TableFormat.Csv }));
        var calibrated = ShardedScoring.WithThreshold(detector, parts, ThresholdRule.Fixed(0.5), ScoreCalibration.Rank(), isExact: true);
        string merged = data.Folder.File("merged.csv");
        ShardedScoring.Merge(parts, merged, calibrated);
        string whole = One(data, calibrated, new ShardOptions { Format = TableFormat.Csv }, "whole.csv");
        Assert.Equal(File.ReadAllText(whole), File.ReadAllText(merged));
    }

    [Fact]
    public void Selections_merge_too()
    {
        using var data = new ShardData(1000, 4, ".parquet");
        var detector = ShardData.Trainer().Fit(data.Table);
        foreach (var score in new TableScoreOptions[] { new() { KeepsAnomaliesOnly = true, KeepsRowNumbers = true }, new() { TopCount = 17, KeepsRowNumbers = true }, new() { TopCount = 900, KeepsAnomaliesOnly = true } })
        {
            var options = new ShardOptions { Score = score };
            var parts = ShardData.Parts(data.Score(detector, data.Plan(7), $"scores {score.TopCount} {score.KeepsAnomaliesOnly}", options));
            string merged = data.Folder.File("merged.parquet");
            var done = ShardedScoring.Merge(parts, merged);
            RandomTables.AssertEqual(Read(One(data, detector, options, "whole.parquet")), Read(merged));
            Assert.Equal(detector.IsAnomaly(data.Table).Count(isAnomaly => isAnomaly), done.AnomalyCount);
            Assert.Equal(1000, ShardedScoring.Sketch(parts).Count);
            Assert.Throws<ArgumentException>(() => ShardedScoring.WithThreshold(detector, parts, ThresholdRule.Quantile(0.9), isExact: true));
            if (score.TopCount is null)
                Assert.Contains("no other threshold", Assert.Throws<ArgumentException>(() => ShardedScoring.Merge(parts, merged, detector)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Scores_are_made_again_after_the_model_changed()
    {
        using var data = new ShardData(300, 4, ".parquet");
        var plan = data.Plan(2);
        var detector = ShardData.Trainer().Fit(data.Table);
        string folder = data.Score(detector, plan, "scores");
        Assert.True(ShardedScoring.Run(detector, plan, new Shard(1, 2), folder).IsReused);
        Assert.False(ShardedScoring.Run(detector.WithThreshold(0.9), plan, new Shard(1, 2), folder).IsReused);
        Assert.False(ShardedScoring.Run(detector, plan, new Shard(1, 2), folder, new ShardOptions { Score = new() { KeepsRowNumbers = true } }).IsReused);
    }

    private static string One(ShardData data, TableDetector detector, ShardOptions options, string name)
    {
        string path = data.Folder.File(name);
        using var reader = data.Plan(1).Open(new TableLayout
        {
            Columns = detector.Layout.Columns,
            Kinds = detector.Layout.Kinds.Append(new("id", ColumnKind.Category)).ToDictionary(),
            IdColumns = ["id"],
        });
        using var writer = TableFiles.Create(path);
        detector.Score(reader, writer, options.Score);
        return path;
    }

    private static FeatureTable Read(string path)
    {
        using var reader = TableFiles.Find(path).Open();
        return reader.ReadAll();
    }
}
