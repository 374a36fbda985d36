namespace AnomalyKit;

/// <summary>How far a job has come.</summary>
/// <param name="Stages">The steps, in their order.</param>
public sealed record ClusterStatus(IReadOnlyList<ClusterStageStatus> Stages)
{
    /// <summary>Whether the last step is done, and with it the job.</summary>
    public bool IsDone => Stages[^1].Shards.All(shard => shard.State == ShardState.Done);

    /// <summary>Whether the scheduler still has tasks of the job.</summary>
    public bool IsActive => Stages.Any(stage => stage.Shards.Any(shard => shard.State is ShardState.Waiting or ShardState.Running));
}
