namespace AnomalyKit;

/// <summary>What the tasks of a step leave behind.</summary>
internal static class StageResults
{
    /// <summary>What a step that is no array leaves in the folder of the job once it has ended well: its file alone may be one of long ago.</summary>
    public static string MarkOf(ClusterStage stage) => $"{stage.Name}.done";

    /// <summary>For each task whether its result is there, whole.</summary>
    public static bool[] Done(ClusterJob job, ClusterStage stage)
    {
        string output = Path.Combine(job.WorkingDirectory, stage.Output);
        if (!stage.IsArray)
            return [File.Exists(Path.Combine(job.Folder, MarkOf(stage))) && File.Exists(output)];
        var kind = stage.Arguments[0] == "fit" ? ShardPartKind.Fit : ShardPartKind.Score;
        var missing = ShardParts.FindMissing(output, kind, stage.ShardCount).ToHashSet();
        return [.. Enumerable.Range(1, stage.ShardCount).Select(index => !missing.Contains(index))];
    }
}
