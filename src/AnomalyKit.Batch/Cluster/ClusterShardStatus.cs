namespace AnomalyKit;

/// <summary>How far a task of a job has come.</summary>
/// <param name="Index">Its index, from 1; 1 for a step that is not an array.</param>
/// <param name="State">Its state.</param>
/// <param name="Reason">What the scheduler says of a task that waits or failed, for example <c>TIMEOUT</c>; null where it says nothing.</param>
/// <param name="LogTail">The last lines of the log of a task that failed, without control characters; empty for the others.</param>
public sealed record ClusterShardStatus(int Index, ShardState State, string? Reason, IReadOnlyList<string> LogTail);
