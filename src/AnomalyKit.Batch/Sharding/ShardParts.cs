using System.Text.RegularExpressions;
using AnomalyKit.Batch.Sharding;

namespace AnomalyKit;

/// <summary>All parts of a table that was worked on in shards: complete, unharmed, and of one plan, one model and one set of options.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed partial class ShardParts
{
    /// <summary>How long <see cref="Find"/> waits by default for files that are missing or short: 30 s.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private ShardParts(IReadOnlyList<ShardPart> parts) => Parts = parts;

    /// <summary>The folder that the command keeps the parts of an output in.</summary>
    /// <param name="output">The output that they are merged to.</param>
    /// <returns>The output's name and <c>.parts</c>.</returns>
    public static string FolderOf(string output) => output + ".parts";

    /// <summary>The parts, in the order of their shards.</summary>
    public IReadOnlyList<ShardPart> Parts { get; }

    /// <summary>What the shards were worked on for.</summary>
    public ShardPartKind Kind => Parts[0].Kind;

    /// <summary>What the callers kept beside the parts, the same in all.</summary>
    public IReadOnlyDictionary<string, string> Settings => Parts[0].Settings;

    /// <summary>The rows of the whole table.</summary>
    public long TotalRowCount => Parts[0].TotalRowCount;

    /// <summary>Finds parts, and checks that they are complete and fit together.</summary>
    /// <param name="paths">Folders of parts, or the parts' files or manifests, in any order.</param>
    /// <param name="patience">How long to wait for files that a shared file system shows late: <see cref="DefaultPatience"/> where null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="ShardException">Parts are missing (<see cref="ShardException.MissingShards"/>), damaged, there twice, or of different plans, models or options; the message names the file and says what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ShardParts Find(IEnumerable<string> paths, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] all = [.. paths];
        var deadline = DateTime.UtcNow + (patience ?? DefaultPatience);
        var parts = PartFiles.Patiently(() => Complete([.. Manifests(all).Select(PartManifest.Read)]), deadline, cancellationToken);
        foreach (var part in parts)
        {
            PartFiles.Patiently(() => PartFiles.Check(part, part.File, cancellationToken), deadline, cancellationToken);
            if (part.Sketch is { } sketch)
                PartFiles.Patiently(() => PartFiles.Check(part, sketch, cancellationToken), deadline, cancellationToken);
        }

        return new ShardParts(parts);
    }

    /// <summary>Says which shards have no part in a folder yet, to run them again.</summary>
    /// <param name="folder">The folder of the parts; it need not exist.</param>
    /// <param name="kind">What the shards are worked on for.</param>
    /// <param name="shardCount">How many shards there are.</param>
    /// <returns>Their numbers, ascending. A part of other settings counts as there: the shard itself sees to that.</returns>
    public static IReadOnlyList<int> FindMissing(string folder, ShardPartKind kind, int shardCount)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var missing = new List<int>();
        for (int number = 1; number <= new Shard(1, shardCount).Count; number++)
        {
            if (!IsThere(PartFolder.ManifestOf(folder, kind, new Shard(number, shardCount))))
                missing.Add(number);
        }

        return missing;
    }

    /// <summary>The parts, for people.</summary>
    /// <returns>For example <c>12 parts of scores of 40000000 rows</c>.</returns>
    public override string ToString() => $"{Parts.Count} parts of {(Kind == ShardPartKind.Fit ? "a fit on" : "scores of")} {TotalRowCount} rows";

    private static bool IsThere(string manifest)
    {
        try
        {
            if (!File.Exists(manifest))
                return false;
            var part = PartManifest.Read(manifest);
            return IsWhole(part, part.File) && (part.Sketch is null || IsWhole(part, part.Sketch));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsWhole(ShardPart part, ShardPartFile described) => new FileInfo(PartFiles.PathOf(part, described)) is { Exists: true } file && file.Length == described.Bytes;

    private static SortedSet<string> Manifests(string[] paths)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                string[] manifests = [.. Directory.EnumerateFiles(path, "*.json").Where(file => ManifestName().IsMatch(Path.GetFileName(file)))];
                found.UnionWith(manifests.Length > 0 ? manifests.Select(Path.GetFullPath) : throw new ShardException($"The folder '{path}' holds no parts. Run the shards first, or name another folder."));
                continue;
            }

            if (!File.Exists(path) && Path.GetExtension(path) is ".parts" or "")
                throw new ShardException($"The folder '{path}' does not exist. Run the shards first, or name another folder.");
            // A part stands for its manifest, which has its name.
            if (!PartName().IsMatch(path))
                throw new ShardException($"'{path}' is not a part: parts have names such as fit-00003-of-00012.rows or score-00003-of-00012.parquet. Give the parts or their folder.");
            string manifest = PartName().Replace(path, "$1.json");
            found.Add(File.Exists(manifest) ? Path.GetFullPath(manifest) : throw new ShardException($"'{path}' is not a part: there is no manifest '{manifest}'. Without the manifest, the shard is incomplete. Run it again."));
        }

        return found.Count > 0 ? found : throw new ShardException("No parts were found. Give the folder that holds the parts.");
    }

    private static ShardPart[] Complete(ShardPart[] parts)
    {
        var first = parts[0];
        foreach (var part in parts)
        {
            if (part.Kind != first.Kind)
                throw new ShardException($"'{first.ManifestPath}' is part of a {Word(first.Kind)} and '{part.ManifestPath}' of a {Word(part.Kind)}. Merge one after the other, or keep them in folders of their own.");
            if (part.Shard.Count != first.Shard.Count)
                throw Different(first, part, $"one of {first.Shard.Count} shards", $"one of {part.Shard.Count}");
            if (part.PlanKey != first.PlanKey)
                throw Different(first, part, $"made by plan {Short(first.PlanKey)}", $"by plan {Short(part.PlanKey)}: the files, the columns, how they are read or the number of shards differed");
            if (part.ModelHash != first.ModelHash)
                throw Different(first, part, $"scored by model {Short(first.ModelHash!)}", $"by model {Short(part.ModelHash!)}");
            if (!part.Settings.OrderBy(one => one.Key).SequenceEqual(first.Settings.OrderBy(one => one.Key)))
                throw Different(first, part, "made with certain settings", "with different ones");
            if (part.TotalRowCount != first.TotalRowCount || part.HasAllRows != first.HasAllRows || part.TopCount != first.TopCount)
                throw Different(first, part, "made with certain options", "with different ones");
        }

        var byShard = parts.ToLookup(part => part.Shard.Number);
        if (byShard.FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ShardException($"Shard {twice.First().Shard} appears twice: '{twice.First().ManifestPath}' and '{twice.Last().ManifestPath}'. Give each part once.");
        int[] missing = [.. Enumerable.Range(1, first.Shard.Count).Where(number => !byShard.Contains(number))];
        if (missing.Length == 0)
            return [.. parts.OrderBy(part => part.Shard.Number)];
        string list = string.Join(",", missing.Take(20)) + (missing.Length > 20 ? ",…" : string.Empty);
        throw new ShardException(
            $"{missing.Length} of {first.Shard.Count} shards are missing beside '{first.ManifestPath}': {list}. Run them again, for example with --array={list}, then merge.", missingShards: missing);
    }

    private static ShardException Different(ShardPart one, ShardPart other, string first, string second) =>
        new($"'{one.ManifestPath}' was {first}, and '{other.ManifestPath}' {second}. Run all shards with the same files and options, or remove the parts that are left from an earlier run.");

    private static string Word(ShardPartKind kind) => kind == ShardPartKind.Fit ? "fit" : "scoring";

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;

    [GeneratedRegex(@"^(fit|score)-\d{5,}-of-\d{5,}\.json$")]
    private static partial Regex ManifestName();

    [GeneratedRegex(@"((?:fit|score)-\d{5,}-of-\d{5,})\.[A-Za-z0-9.]+$")]
    private static partial Regex PartName();
}
