namespace AnomalyKit;

/// <summary>What is known of a run at its start.</summary>
/// <param name="Experiment">The name of the experiment that it belongs to; created where there is none.</param>
public sealed record RunStart(string Experiment)
{
    /// <summary>A name for people; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The run that this one is a part of, as a trial is part of a search; null for none.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>Parameters; more can be logged later.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new Dictionary<string, string>();

    /// <summary>Tags; more can be set later.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new Dictionary<string, string>();
}
