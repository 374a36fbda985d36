namespace AnomalyKit.Batch.Sharding;

/// <summary>Looks whether the files of a part are what its manifest says.</summary>
internal static class PartFiles
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static string PathOf(ShardPart part, ShardPartFile file) => Path.Combine(Path.GetDirectoryName(part.ManifestPath)!, file.Name);

    /// <summary>What is wrong with a file of a part; nothing where it is as its manifest says.</summary>
    public static string? Problem(ShardPart part, ShardPartFile file, CancellationToken cancellationToken)
    {
        string path = PathOf(part, file);
        var now = new FileInfo(path);
        if (!now.Exists)
            return $"'{path}' of shard {part.Shard} is not there";
        if (now.Length != file.Bytes)
            return $"'{path}' of shard {part.Shard} has {now.Length} bytes, and {file.Bytes} were written";
        return PartKey.OfFile(path, cancellationToken) == file.Hash ? null : $"'{path}' of shard {part.Shard} has changed since it was written";
    }

    /// <summary>Tries again until a deadline: on shared file systems a file may be seen late, or short.</summary>
    /// <param name="step">What to do.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static T Patiently<T>(Func<T> step, DateTime deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return step();
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                cancellationToken.WaitHandle.WaitOne(Pause);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Refuses a file of a part that is not what its manifest says.</summary>
    public static bool Check(ShardPart part, ShardPartFile file, CancellationToken cancellationToken) =>
        Problem(part, file, cancellationToken) is { } problem ? throw new ShardException($"{problem}. Run the shard again, then merge.") : true;
}
