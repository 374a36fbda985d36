namespace AnomalyKit;

/// <summary>The result of one shard, as its manifest tells it. There is a manifest only where the shard was done.</summary>
public sealed class ShardPart
{
    /// <summary>What the shard was worked on for.</summary>
    public required ShardPartKind Kind { get; init; }

    /// <summary>The shard.</summary>
    public required Shard Shard { get; init; }

    /// <summary>The manifest: a JSON file with all of these properties.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>The rows taken out for a fit, or the scores; beside the manifest.</summary>
    public required ShardPartFile File { get; init; }

    /// <summary>The sketch of the scores, beside the manifest; null of a fit.</summary>
    public ShardPartFile? Sketch { get; init; }

    /// <summary>The rows of the whole table.</summary>
    public required long TotalRowCount { get; init; }

    /// <summary>Says which plan the shard belongs to: <see cref="ShardPlan.Key"/>.</summary>
    public required string PlanKey { get; init; }

    /// <summary>Says what the part follows from: plan, shard, settings and options, and the model of scores. A part with a different key is made again.</summary>
    public required string Key { get; init; }

    /// <summary>The SHA-256 of the model that scored; null of a fit.</summary>
    public string? ModelHash { get; init; }

    /// <summary>The rows above the threshold of the model that scored.</summary>
    public long AnomalyCount { get; init; }

    /// <summary>Whether the file of scores has all rows in their order, and no selection of them.</summary>
    public bool HasAllRows { get; init; } = true;

    /// <summary>The most rows of the highest scores that the file has; null where all are wanted.</summary>
    public int? TopCount { get; init; }

    /// <summary>What the caller wanted to be kept beside the part, for the merge.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Whether the part was there already, complete and made from the same, so that nothing was done.</summary>
    public bool IsReused { get; init; }

    /// <summary>The shard and what was done.</summary>
    /// <returns>For example <c>score 3/12: score-00003-of-00012.parquet</c>.</returns>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Shard}: {File.Name}";
}
