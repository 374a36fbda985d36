namespace AnomalyKit;

/// <summary>What is written of scored rows: row numbers, ids, kept columns, scores, decisions, p-values, reasons.</summary>
internal sealed class ScoreTable(TableDetector detector, TableScoreOptions options)
{
    private RowReasons? _reasons;

    /// <summary>Refuses columns to keep that are not there, or that are named like one of the results.</summary>
    public void Check(TableSchema schema)
    {
        string[] results =
        [
            TableDetector.ScoreColumn,
            TableDetector.DecisionColumn,
            .. options.KeepsRowNumbers ? [TableDetector.RowColumn] : Array.Empty<string>(),
            .. detector.Detector.Calibrator is TailCalibrator ? [TableDetector.PValueColumn] : Array.Empty<string>(),
            .. options.MaxReasons > 0 ? [TableDetector.ReasonsColumn] : Array.Empty<string>(),
        ];
        foreach (var field in Kept(schema))
        {
            if (results.Contains(field.Name))
                throw new ArgumentException($"The table has a column '{field.Name}' to be kept, which is what the column of results is called. Rename it (WithName) or leave it out.");
        }
    }

    /// <param name="rows">The rows.</param>
    /// <param name="explainsAll">Whether rows that are not anomalies have reasons, too.</param>
    /// <param name="cancellationToken">Stops the search for reasons.</param>
    public FeatureTable Of(ScoredRows rows, bool explainsAll, CancellationToken cancellationToken)
    {
        var (table, scores, numbers) = rows;
        double threshold = detector.Threshold;
        var columns = new List<TableColumn>();
        var fields = new List<TableField>();
        if (options.KeepsRowNumbers)
            Add(new Int64Column(TableDetector.RowColumn, numbers));
        foreach (var field in Kept(table.Schema))
        {
            columns.Add(table[field.Name]);
            fields.Add(field);
        }

        Add(new SingleColumn(TableDetector.ScoreColumn, scores));
        Add(new BooleanColumn(TableDetector.DecisionColumn, Array.ConvertAll(scores, score => score > threshold ? (sbyte)1 : (sbyte)0)));
        if (detector.Detector.Calibrator is TailCalibrator tail)
            Add(new DoubleColumn(TableDetector.PValueColumn, Array.ConvertAll(scores, score => tail.TailProbability(score))));
        if (options.MaxReasons > 0)
            Add(CategoryColumn.FromWords(TableDetector.ReasonsColumn, Reasons(rows, explainsAll, cancellationToken)));
        return new FeatureTable(columns, new TableSchema(fields));

        void Add(TableColumn column)
        {
            columns.Add(column);
            fields.Add(new TableField(column.Name, column.Kind));
        }
    }

    private string?[] Reasons(ScoredRows rows, bool explainsAll, CancellationToken cancellationToken)
    {
        double threshold = detector.Threshold;
        var texts = new string?[rows.Scores.Length];
        int[] explained = [.. Enumerable.Range(0, texts.Length).Where(row => explainsAll || rows.Scores[row] > threshold)];
        if (explained.Length == 0)
            return texts;
        _reasons ??= new RowReasons(detector, options.MaxReasons);
        var found = _reasons.Of(rows.Table.SelectRows(explained), options.MaxDegreeOfParallelism, cancellationToken);
        for (int i = 0; i < explained.Length; i++)
            texts[explained[i]] = found[i];
        return texts;
    }

    private List<TableField> Kept(TableSchema schema)
    {
        var fields = schema.Fields.Where(field => field.Role == ColumnRole.Id && !options.KeptColumns.Contains(field.Name, StringComparer.Ordinal)).ToList();
        foreach (string name in options.KeptColumns)
        {
            var field = schema.Fields[schema.IndexOf(name)];
            if (!fields.Contains(field))
                fields.Add(field);
        }

        return fields;
    }
}
