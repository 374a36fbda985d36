namespace AnomalyKit.Batch.Sharding;

/// <summary>The folder that parts are written into.</summary>
internal static class PartFolder
{
    public static string ManifestOf(string folder, ShardPartKind kind, Shard shard) => Path.Combine(folder, PartManifest.NameOf(kind, shard) + ".json");

    /// <summary>The part that is there, if it is complete and was made from the same.</summary>
    public static ShardPart? Find(string folder, ShardPartKind kind, Shard shard, string key, CancellationToken cancellationToken)
    {
        string path = ManifestOf(folder, kind, shard);
        if (!File.Exists(path))
            return null;
        try
        {
            var part = PartManifest.Read(path);
            bool isSame = part.Kind == kind && part.Shard == shard && part.Key == key;
            return isSame && PartFiles.Problem(part, part.File, cancellationToken) is null && (part.Sketch is null || PartFiles.Problem(part, part.Sketch, cancellationToken) is null)
                ? Reused(part)
                : null;
        }
        catch (ShardException)
        {
            // What cannot be read is made anew.
            return null;
        }
    }

    /// <summary>A file that was written, as a manifest tells it.</summary>
    public static ShardPartFile Describe(string path, CancellationToken cancellationToken) => new(Path.GetFileName(path), new FileInfo(path).Length, PartKey.OfFile(path, cancellationToken));

    private static ShardPart Reused(ShardPart part) => new()
    {
        Kind = part.Kind,
        Shard = part.Shard,
        ManifestPath = part.ManifestPath,
        File = part.File,
        Sketch = part.Sketch,
        TotalRowCount = part.TotalRowCount,
        PlanKey = part.PlanKey,
        Key = part.Key,
        Settings = part.Settings,
        ModelHash = part.ModelHash,
        AnomalyCount = part.AnomalyCount,
        HasAllRows = part.HasAllRows,
        TopCount = part.TopCount,
        IsReused = true,
    };
}
