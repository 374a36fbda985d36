namespace AnomalyKit;

/// <summary>A step of a job, which begins when all of the step before has been done.</summary>
/// <param name="Name">Its name: <c>fit</c>, <c>score</c>, <c>merge</c>, <c>threshold-score</c> or <c>threshold-merge</c>; files are named after it.</param>
/// <param name="Arguments">The arguments of the tool. In an array each task gets <c>--shard env/N</c>, and learns its index from the scheduler.</param>
/// <param name="ShardCount">The number of tasks; 1 for a step that is one task and no array.</param>
/// <param name="IsArray">Whether it is an array over all shards.</param>
/// <param name="Output">What it makes, as in the arguments: of an array the folder of the parts, of another step the file.</param>
public sealed record ClusterStage(string Name, IReadOnlyList<string> Arguments, int ShardCount, bool IsArray, string Output);
