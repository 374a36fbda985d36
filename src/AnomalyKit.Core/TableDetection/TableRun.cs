namespace AnomalyKit;

/// <summary>The scoring of one source: what was done, and what is written.</summary>
internal sealed class TableRun(TableScoring scoring, TableScoreOptions options, long? totalRows)
{
    private long _rows;
    private long _anomalies;

    public int BatchRows => options.BatchRows;

    public TableProgress Done => new(_rows, totalRows, _anomalies);

    /// <summary>Scores a batch.</summary>
    /// <returns>Ids, kept columns and scores.</returns>
    public FeatureTable Score(FeatureTable batch, CancellationToken cancellationToken)
    {
        var scores = new float[batch.RowCount];
        scoring.Run(batch, scores, _rows, options.MaxDegreeOfParallelism, cancellationToken);
        var table = Written(batch, scores, out int anomalies);
        _rows += batch.RowCount;
        _anomalies += anomalies;
        options.Progress?.Report(Done);
        return table;
    }

    private FeatureTable Written(FeatureTable batch, float[] scores, out int anomalies)
    {
        double threshold = scoring.Detector.Threshold;
        sbyte[] labels = Array.ConvertAll(scores, score => score > threshold ? (sbyte)1 : (sbyte)0);
        anomalies = labels.AsSpan().Count((sbyte)1);
        var fields = batch.Schema.Fields.Where(field => field.Role == ColumnRole.Id).ToList();
        foreach (string name in options.KeptColumns)
        {
            var field = batch.Schema.Fields[batch.Schema.IndexOf(name)];
            if (!fields.Contains(field))
                fields.Add(field);
        }

        var columns = fields.Select(field => batch[field.Name]).ToList();
        Add(new SingleColumn(TableDetector.ScoreColumn, scores));
        Add(new BooleanColumn(TableDetector.DecisionColumn, labels));
        if (scoring.Detector.Calibrator is TailCalibrator tail)
            Add(new DoubleColumn(TableDetector.PValueColumn, Array.ConvertAll(scores, score => tail.TailProbability(score))));
        var table = new FeatureTable(columns, new TableSchema(fields));
        return options.KeepsAnomaliesOnly ? table.SelectRows([.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == 1)]) : table;

        void Add(TableColumn column)
        {
            if (fields.Exists(field => field.Name == column.Name))
                throw new ArgumentException($"The table has a column '{column.Name}' to be kept, which is what the column of results is called. Rename it (WithName) or leave it out.");
            columns.Add(column);
            fields.Add(new TableField(column.Name, column.Kind));
        }
    }
}
