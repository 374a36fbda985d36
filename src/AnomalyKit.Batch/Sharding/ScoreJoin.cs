using AnomalyKit.Batch.Formats;

namespace AnomalyKit.Batch.Sharding;

/// <summary>Puts the scores of shards into one file.</summary>
internal static class ScoreJoin
{
    private const int BatchRows = 1 << 16;

    public static TableProgress Run(ShardParts parts, string path, TableDetector? decideBy, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
    {
        var format = FormatNames.OfPath(path) ?? throw new ArgumentException($"The name '{path}' does not say what to write. {FormatNames.Known}", nameof(path));
        var from = FormatNames.OfPath(parts.Parts[0].File.Name);
        if (parts.Parts[0].TopCount is { } count)
            return Highest(parts, path, count, decideBy, cancellationToken);
        bool isPlain = !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && FormatNames.DelimiterOf(path) is null;
        if (decideBy is null && from == format && format == TableFormat.JsonLines)
            return TextJoin.Run(parts, path, hasHeader: false, progress, cancellationToken);
        if (decideBy is null && from == format && format == TableFormat.Csv && isPlain)
            return TextJoin.Run(parts, path, hasHeader: true, progress, cancellationToken);
        if (from == TableFormat.JsonLines)
            throw new ArgumentException("Scores in JSON lines can be put into one file of JSON lines only, and no other threshold can decide. Score the shards again in another format.", nameof(path));
        return Tables(parts, path, decideBy, progress, cancellationToken);
    }

    private static TableProgress Tables(ShardParts parts, string path, TableDetector? decideBy, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
    {
        using var reader = Open(parts, path, needsScores: decideBy is not null, cancellationToken);
        using var writer = TableFiles.Create(path);
        long rows = 0;
        long anomalies = decideBy is null ? parts.Parts.Sum(part => part.AnomalyCount) : 0;
        while (reader.ReadBatch(BatchRows, cancellationToken) is { } batch)
        {
            writer.Write(Decided(batch, decideBy, ref anomalies), cancellationToken);
            rows += batch.RowCount;
            progress?.Report(new TableProgress(rows, parts.TotalRowCount, anomalies));
        }

        if (parts.Parts[0].HasAllRows && rows != parts.TotalRowCount)
            throw new ShardException($"The parts have {rows} rows, and the table has {parts.TotalRowCount}. Run the shards again, then merge.");
        if (rows == 0)
            writer.Write(Decided(reader.ReadAll(cancellationToken), decideBy, ref anomalies), cancellationToken);
        writer.Complete();
        return new TableProgress(rows, parts.TotalRowCount, anomalies);
    }

    /// <summary>The rows of the highest scores of all parts, each of which has its own; of equal ones the first.</summary>
    private static TableProgress Highest(ShardParts parts, string path, int count, TableDetector? decideBy, CancellationToken cancellationToken)
    {
        if (FormatNames.OfPath(parts.Parts[0].File.Name) == TableFormat.JsonLines)
            throw new ArgumentException("The highest scores cannot be put in order from JSON lines, which are not read. Score the shards again in another format.", nameof(path));
        using var reader = Open(parts, path, needsScores: true, cancellationToken);
        long anomalies = parts.Parts.Sum(part => part.AnomalyCount);
        long kept = 0;
        // At no time more than twice as many rows as are wanted are held, and a batch.
        List<FeatureTable> waiting = [];
        long waitingRows = 0;
        while (reader.ReadBatch(BatchRows, cancellationToken) is { } batch)
        {
            waiting.Add(batch);
            waitingRows += batch.RowCount;
            if (waitingRows <= Math.Max(BatchRows, 2L * count))
                continue;
            waiting = [HighestOf(waiting, count)];
            waitingRows = waiting[0].RowCount;
        }

        var highest = waiting.Count == 0 ? reader.ReadAll(cancellationToken) : HighestOf(waiting, count);
        using var writer = TableFiles.Create(path);
        writer.Write(Decided(highest, decideBy, ref kept), cancellationToken);
        writer.Complete();
        return new TableProgress(highest.RowCount, parts.TotalRowCount, decideBy is null ? anomalies : ShardedScoring.Sketch(parts).CountAbove(decideBy.Threshold));
    }

    private static FeatureTable HighestOf(List<FeatureTable> tables, int count)
    {
        var all = FeatureTable.Concat(tables);
        var scores = (NumberColumn)all[TableDetector.ScoreColumn];
        return all.SelectRows([.. Enumerable.Range(0, all.RowCount).OrderByDescending(scores.Value).Take(count)]);
    }

    /// <summary>Opens the parts. What is text in them and becomes text again stays as it is: 007, +49, 0.50 and a dash are nothing but words.</summary>
    private static TableFilesReader Open(ShardParts parts, string path, bool needsScores, CancellationToken cancellationToken)
    {
        var files = Files(parts);
        if (files.Files[0].Format != TableFormat.Csv || FormatNames.OfPath(path) != TableFormat.Csv)
            return files.Open(cancellationToken: cancellationToken);
        var layout = new TableLayout
        {
            Kinds = TextJoin.ColumnsOf(files.Files[0].Path).ToDictionary(name => name, name => needsScores && name == TableDetector.ScoreColumn ? ColumnKind.Number : ColumnKind.Category),
        };
        return files.Open(layout, new TableReadOptions { Csv = new CsvTableOptions { Delimiter = ',' } }, cancellationToken);
    }

    private static TableFiles Files(ShardParts parts) => new([.. parts.Parts.Select(part =>
    {
        string path = PartFiles.PathOf(part, part.File);
        return new TableFile(path, FormatNames.OfPath(path)!.Value, part.File.Bytes);
    })]);

    /// <summary>The rows with label and p-value by another detector's threshold and calibration.</summary>
    private static FeatureTable Decided(FeatureTable batch, TableDetector? decideBy, ref long anomalies)
    {
        if (decideBy is null)
            return batch;
        var column = (NumberColumn)batch[TableDetector.ScoreColumn];
        var scores = new float[batch.RowCount];
        for (int row = 0; row < scores.Length; row++)
            scores[row] = (float)column.Value(row);
        sbyte[] labels = Array.ConvertAll(scores, score => score > decideBy.Threshold ? (sbyte)1 : (sbyte)0);
        anomalies += labels.AsSpan().Count((sbyte)1);
        var columns = new List<TableColumn>();
        foreach (var old in batch.Columns.Where(old => old.Name != TableDetector.PValueColumn))
        {
            columns.Add(old.Name == TableDetector.DecisionColumn ? new BooleanColumn(old.Name, labels) : old.Name == TableDetector.ScoreColumn ? new SingleColumn(old.Name, scores) : old);
            if (old.Name == TableDetector.DecisionColumn && decideBy.Detector.Calibrator is TailCalibrator tail)
                columns.Add(new DoubleColumn(TableDetector.PValueColumn, Array.ConvertAll(scores, score => tail.TailProbability(score))));
        }

        return new FeatureTable(columns);
    }
}
