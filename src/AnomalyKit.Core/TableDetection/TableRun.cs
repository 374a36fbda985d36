namespace AnomalyKit;

/// <summary>The scoring of one source: what was done, and what is written.</summary>
internal sealed class TableRun(TableDetector detector, TableScoring scoring, TableScoreOptions options, long? totalRows)
{
    private readonly BatchScoring _batches = new(scoring, options, totalRows);
    private readonly TopRows? _top = options.TopCount is { } count ? new TopRows(count) : null;
    private readonly ScoreTable _written = new(detector, options);

    public int BatchRows => options.BatchRows;

    public TableProgress Done => _batches.Done;

    /// <summary>Scores a batch.</summary>
    /// <returns>What is written of it; nothing where only the highest scores of all are.</returns>
    public FeatureTable? Score(FeatureTable batch, CancellationToken cancellationToken)
    {
        bool isFirst = Done.RowCount == 0;
        var scored = _batches.Score(batch, cancellationToken);
        if (isFirst)
            _written.Check(batch.Schema);
        if (options.KeepsAnomaliesOnly)
            scored = scored.Above(detector.Threshold);
        var table = _top is null ? _written.Of(scored, explainsAll: false, cancellationToken) : null;
        _top?.Add(scored);
        _batches.Report();
        return table;
    }

    /// <summary>What is left to write at the end.</summary>
    public FeatureTable? Finish(CancellationToken cancellationToken) => _top?.Take() is { } scored ? _written.Of(scored, explainsAll: true, cancellationToken) : null;
}
