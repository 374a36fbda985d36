namespace AnomalyKit;

/// <summary>Rows of a source with their scores.</summary>
public sealed class ScoredTable
{
    internal ScoredTable(long firstRow, FeatureTable table, float[] scores)
    {
        FirstRow = firstRow;
        Table = table;
        Scores = scores;
    }

    /// <summary>The number of the first row in the source, from 0.</summary>
    public long FirstRow { get; }

    /// <summary>The rows as they were read.</summary>
    public FeatureTable Table { get; }

    /// <summary>One score per row; higher is more anomalous.</summary>
    public ReadOnlyMemory<float> Scores { get; }
}
