namespace AnomalyKit.Batch.Sharding;

/// <summary>The files of scores of shards.</summary>
internal static class ScoreFiles
{
    public static string EndingOf(TableFormat format) => format switch
    {
        TableFormat.Csv => ".csv",
        TableFormat.Arrow => ".arrow",
        TableFormat.JsonLines => ".jsonl",
        _ => ".parquet",
    };

    /// <summary>What is read: the columns of the detector, and those to keep as they are in the plan.</summary>
    public static TableLayout LayoutOf(TableDetector detector, ShardPlan plan, IReadOnlyList<string> kept)
    {
        var layout = detector.Layout;
        string[] ids = [.. plan.Schema.Fields.Where(field => field.Role == ColumnRole.Id).Select(field => field.Name).Union(kept).Except(layout.Kinds.Keys)];
        var kinds = new Dictionary<string, ColumnKind>(layout.Kinds, StringComparer.Ordinal);
        foreach (string id in ids)
            kinds[id] = plan.Schema.Fields[plan.Schema.IndexOf(id)].Kind;
        return new TableLayout { Columns = layout.Columns, Kinds = kinds, IdColumns = ids };
    }

    public static TableScoreOptions OptionsOf(ShardOptions options, long firstRow, ScoreSketch sketch) =>
        options.Score with { Progress = options.Progress ?? options.Score.Progress, FirstRow = firstRow, Sketch = sketch };

    /// <summary>The scores of all rows, in their order.</summary>
    public static float[] ReadScores(ShardParts parts, CancellationToken cancellationToken)
    {
        var scores = new float[parts.TotalRowCount];
        var layout = new TableLayout { Columns = [TableDetector.ScoreColumn], Kinds = new Dictionary<string, ColumnKind> { [TableDetector.ScoreColumn] = ColumnKind.Number } };
        foreach (var part in parts.Parts)
        {
            var (first, end) = part.Shard.RowsOf(parts.TotalRowCount);
            string path = PartFiles.PathOf(part, part.File);
            using var reader = TableFiles.Find(path).Open(layout, cancellationToken: cancellationToken);
            while (reader.ReadBatch(1 << 16, cancellationToken) is { } batch)
            {
                if (batch.RowCount > end - first)
                    throw OtherRows(part);
                var column = (NumberColumn)batch.Columns[0];
                for (int row = 0; row < batch.RowCount; row++)
                    scores[first++] = (float)column.Value(row);
            }

            if (first != end)
                throw OtherRows(part);
        }

        return scores;
    }

    public static ShardException OtherRows(ShardPart part) =>
        new($"'{PartFiles.PathOf(part, part.File)}' has not the rows of shard {part.Shard}. Run the shard again, then merge.");
}
