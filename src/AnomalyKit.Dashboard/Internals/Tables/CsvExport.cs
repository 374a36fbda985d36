namespace AnomalyKit.Dashboard.Tables;

/// <summary>Scored rows as CSV for spreadsheets: what a spreadsheet would take for a formula gets an apostrophe in front.</summary>
internal static class CsvExport
{
    private const int BatchRows = 1 << 14;

    public static IEnumerable<byte[]> Parts(ScoredRows rows)
    {
        using var memory = new MemoryStream();
        using var writer = CsvTableWriter.Create(memory, new CsvWriteOptions { GuardsFormulas = true }, leaveOpen: true);
        for (int start = 0; start < Math.Max(rows.Count, 1); start += BatchRows)
        {
            writer.Write(Batch(rows, start, Math.Min(BatchRows, rows.Count - start)));
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

    private static FeatureTable Batch(ScoredRows rows, int start, int count)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var scores = rows.Scores.AsMemory(start, count);
        double threshold = rows.Model.Threshold;
        var columns = new List<TableColumn> { new Int64Column(Free(TableDetector.RowColumn), Enumerable.Range(start, count).Select(row => (long)row).ToArray()) };
        columns.AddRange(rows.Table.Columns.Select(column => column.Slice(start, count).WithName(Free(column.Name))));
        columns.Add(new SingleColumn(Free(TableDetector.ScoreColumn), scores));
        columns.Add(new BooleanColumn(Free(TableDetector.DecisionColumn), Array.ConvertAll(scores.ToArray(), score => score > threshold ? (sbyte)1 : (sbyte)0)));
        if (rows.Model.Detector.Detector.Calibrator is TailCalibrator tail)
            columns.Add(new DoubleColumn(Free(TableDetector.PValueColumn), Array.ConvertAll(scores.ToArray(), score => tail.TailProbability(score))));
        return new FeatureTable(columns);

        string Free(string name)
        {
            while (!taken.Add(name))
                name += "_";
            return name;
        }
    }
}
