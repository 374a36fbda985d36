namespace AnomalyKit;

/// <summary>The scoring of one source: what was done, and what is written.</summary>
internal sealed class TableRun(TableDetector detector, TableScoring scoring, TableScoreOptions options, long? totalRows)
{
    private readonly TopRows? _top = options.TopCount is { } count ? new TopRows(count) : null;
    private readonly ScoreTable _written = new(detector, options);
    private long _rows;
    private long _anomalies;

    public int BatchRows => options.BatchRows;

    public TableProgress Done => new(_rows, totalRows, _anomalies);

    /// <summary>Scores a batch.</summary>
    /// <returns>What is written of it; nothing where only the highest scores of all are.</returns>
    public FeatureTable? Score(FeatureTable batch, CancellationToken cancellationToken)
    {
        var scores = new float[batch.RowCount];
        scoring.Run(batch, scores, options.FirstRow + _rows, options.MaxDegreeOfParallelism, cancellationToken);
        var scored = new ScoredRows(batch, scores, options.FirstRow + _rows);
        if (_rows == 0)
            _written.Check(batch.Schema);
        options.Sketch?.Add(scores);
        double threshold = detector.Threshold;
        foreach (float score in scores)
            _anomalies += score > threshold ? 1 : 0;
        FeatureTable? table = null;
        if (_top is null)
            table = _written.Of(options.KeepsAnomaliesOnly ? scored.Above(threshold) : scored, explainsAll: false);
        else
            _top.Add(options.KeepsAnomaliesOnly ? scored.Above(threshold) : scored);
        _rows += batch.RowCount;
        options.Progress?.Report(Done);
        return table;
    }

    /// <summary>What is left to write at the end.</summary>
    public FeatureTable? Finish() => _top?.Take() is { } scored ? _written.Of(scored, explainsAll: true) : null;
}
