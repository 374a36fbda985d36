namespace AnomalyKit;

/// <summary>What a shard was worked on for.</summary>
public enum ShardPartKind
{
    /// <summary>Rows for a fit: <see cref="ShardedFit"/>.</summary>
    Fit,

    /// <summary>Scores: <see cref="ShardedScoring"/>.</summary>
    Score,
}
