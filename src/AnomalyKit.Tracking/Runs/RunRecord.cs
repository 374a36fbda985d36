namespace AnomalyKit;

/// <summary>A run as it was kept.</summary>
/// <param name="Id">The run's identifier.</param>
/// <param name="Experiment">The name of the experiment that it belongs to.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Started">When it started, in universal time.</param>
public sealed record RunRecord(string Id, string Experiment, RunStatus Status, DateTimeOffset Started)
{
    /// <summary>The name for people; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The run that this one is a part of; null for none.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>When it ended; null where it did not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Parameters by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The last point of each metric by name: the one of the highest step, and of those the latest one.</summary>
    public required IReadOnlyDictionary<string, MetricPoint> Metrics { get; init; }

    /// <summary>Tags by name.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}
