using AnomalyKit.Batch.Sharding;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>What the tasks of a step leave behind.</summary>
internal static class StageResults
{
    /// <summary>What a step that is not an array leaves in the folder of the job once it has ended well: its file alone may be one of long ago.</summary>
    public static string MarkOf(ClusterStage stage) => $"{stage.Name}.done";

    /// <summary>For each task of each step whether its result is there, whole, and of the model that is there now.</summary>
    public static IReadOnlyList<bool[]> Done(ClusterJob job)
    {
        var done = new List<bool[]>();
        bool isStale = false;
        foreach (var stage in job.Stages)
        {
            if (!stage.IsArray)
            {
                done.Add([!isStale && File.Exists(Path.Combine(job.Folder, MarkOf(stage))) && File.Exists(PathOf(job, stage.Output))]);
                continue;
            }

            int[] missing = [.. Missing(job, stage)];
            int[] foreign = [.. Foreign(job, stage, missing)];
            // What was joined of another model's scores is as old as they are.
            isStale |= foreign.Length > 0;
            done.Add([.. Enumerable.Range(1, stage.ShardCount).Select(index => !missing.Contains(index) && !foreign.Contains(index))]);
        }

        return done;
    }

    private static IReadOnlyList<int> Missing(ClusterJob job, ClusterStage stage) => ShardParts.FindMissing(PathOf(job, stage.Output), KindOf(stage), stage.ShardCount);

    /// <summary>The shards whose scores are there and are those of another model.</summary>
    private static IEnumerable<int> Foreign(ClusterJob job, ClusterStage stage, int[] missing)
    {
        if (KindOf(stage) != ShardPartKind.Score || missing.Length == stage.ShardCount || HashOfModel(job, PathOf(job, stage.Arguments[1])) is not { } model)
            return [];
        return Enumerable.Range(1, stage.ShardCount).Except(missing).Where(index =>
            PartManifest.Read(PartFolder.ManifestOf(PathOf(job, stage.Output), ShardPartKind.Score, new Shard(index, stage.ShardCount))).ModelHash != model);
    }

    private static ShardPartKind KindOf(ClusterStage stage) => stage.Arguments[0] == "fit" ? ShardPartKind.Fit : ShardPartKind.Score;

    /// <summary>Null where there is no model yet, or one that cannot be read: the tasks will say so.</summary>
    private static string? HashOfModel(ClusterJob job, string path)
    {
        try
        {
            return PartKey.OfModel(TableDetector.Load(path, job.Catalog));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ModelFormatException)
        {
            return null;
        }
    }

    private static string PathOf(ClusterJob job, string path) => Path.Combine(job.WorkingDirectory, path);
}
