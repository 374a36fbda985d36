namespace AnomalyKit.Dashboard.Tables;

/// <summary>Scored rows as CSV for spreadsheets: what a spreadsheet would take for a formula gets an apostrophe in front.</summary>
internal static class CsvExport
{
    private const int BatchRows = 1 << 14;

    // Reasons take about a thousand times as long as cells: a browser that has left is noticed between batches.
    private const int ReasonedRows = 1 << 9, MaxReasons = 3;

    public static IEnumerable<byte[]> Parts(ScoredRows rows) => Parts(rows, BatchRows, reasonsOf: null);

    /// <summary>With a column of up to three reasons per alert.</summary>
    public static IEnumerable<byte[]> PartsWithReasons(ScoredRows rows, CancellationToken cancellationToken) =>
        Parts(rows, ReasonedRows, alerts => rows.ReasonsOf(alerts, MaxReasons, cancellationToken));

    private static IEnumerable<byte[]> Parts(ScoredRows rows, int batchRows, Func<int[], string[]>? reasonsOf)
    {
        using var memory = new MemoryStream();
        using var writer = CsvTableWriter.Create(memory, rows.Writing, leaveOpen: true);
        for (int start = 0; start < Math.Max(rows.Count, 1); start += batchRows)
        {
            writer.Write(Batch(rows, start, Math.Min(batchRows, rows.Count - start), reasonsOf));
            if (memory.Length > 0)
                yield return Drain(memory);
        }

        writer.Complete();
        if (memory.Length > 0)
            yield return Drain(memory);
    }

    private static byte[] Drain(MemoryStream memory)
    {
        byte[] part = memory.ToArray();
        memory.SetLength(0);
        return part;
    }

    private static FeatureTable Batch(ScoredRows rows, int start, int count, Func<int[], string[]>? reasonsOf)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var scores = rows.Scores.AsMemory(start, count);
        double threshold = rows.Model.Threshold;
        var columns = new List<TableColumn> { new Int64Column(Free(TableDetector.RowColumn), Enumerable.Range(start, count).Select(row => (long)row).ToArray()) };
        columns.AddRange(rows.Table.Columns.Select(column => rows.CellsOf(column, start, count).WithName(Free(column.Name))));
        columns.Add(new SingleColumn(Free(TableDetector.ScoreColumn), scores));
        columns.Add(new BooleanColumn(Free(TableDetector.DecisionColumn), Array.ConvertAll(scores.ToArray(), score => score > threshold ? (sbyte)1 : (sbyte)0)));
        if (rows.Model.Detector.Detector.Calibrator is TailCalibrator tail)
            columns.Add(new DoubleColumn(Free(TableDetector.PValueColumn), Array.ConvertAll(scores.ToArray(), score => tail.TailProbability(score))));
        if (reasonsOf is not null)
        {
            int[] alerts = [.. Enumerable.Range(start, count).Where(rows.IsAlert)];
            var texts = new string?[count];
            foreach (var (row, text) in alerts.Zip(reasonsOf(alerts)))
                texts[row - start] = text;
            columns.Add(CategoryColumn.FromWords(Free(TableDetector.ReasonsColumn), texts));
        }

        return new FeatureTable(columns);

        string Free(string name)
        {
            while (!taken.Add(name))
                name += "_";
            return name;
        }
    }
}
