namespace AnomalyKit;

/// <summary>A batch of a stream of rows, with its scores.</summary>
public sealed class ScoredBatch
{
    internal ScoredBatch(long firstRow, FeatureMatrix data, ReadOnlyMemory<float> scores)
    {
        FirstRow = firstRow;
        Data = data;
        Scores = scores;
    }

    /// <summary>The position of the batch's first row in the stream, from 0.</summary>
    public long FirstRow { get; }

    /// <summary>The rows.</summary>
    public FeatureMatrix Data { get; }

    /// <summary>One score per row.</summary>
    public ReadOnlyMemory<float> Scores { get; }
}
