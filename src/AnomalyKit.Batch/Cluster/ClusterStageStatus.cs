namespace AnomalyKit;

/// <summary>How far a step of a job has come.</summary>
/// <param name="Name">The name of the step.</param>
/// <param name="Shards">Its tasks in the order of their indexes.</param>
public sealed record ClusterStageStatus(string Name, IReadOnlyList<ClusterShardStatus> Shards)
{
    /// <summary>Counts tasks.</summary>
    /// <param name="state">A state.</param>
    /// <returns>How many are in it.</returns>
    public int Count(ShardState state) => Shards.Count(shard => shard.State == state);
}
