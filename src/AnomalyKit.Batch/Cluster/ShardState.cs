namespace AnomalyKit;

/// <summary>What has become of a shard.</summary>
public enum ShardState
{
    /// <summary>It was not submitted, or ended before it could start.</summary>
    NotStarted,

    /// <summary>It waits in the queue.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>Its result is there, whole.</summary>
    Done,

    /// <summary>It ended without a result.</summary>
    Failed,
}
