namespace AnomalyKit;

/// <summary>Scores a source batch by batch, and counts its rows and anomalies.</summary>
internal sealed class BatchScoring(TableScoring scoring, TableScoreOptions options, long? totalRows)
{
    private long _rows;
    private long _anomalies;

    public TableProgress Done => new(_rows, totalRows, _anomalies);

    /// <summary>Scores the next batch.</summary>
    public ScoredRows Score(FeatureTable batch, CancellationToken cancellationToken)
    {
        long first = options.FirstRow + _rows;
        var scores = new float[batch.RowCount];
        scoring.Run(batch, scores, first, options.MaxDegreeOfParallelism, cancellationToken);
        options.Sketch?.Add(scores);
        double threshold = scoring.Detector.Threshold;
        foreach (float score in scores)
            _anomalies += score > threshold ? 1 : 0;
        _rows += batch.RowCount;
        return new ScoredRows(batch, scores, first);
    }

    /// <summary>Tells how far the work is; when all that a batch takes has been done.</summary>
    public void Report() => options.Progress?.Report(Done);
}
