namespace AnomalyKit;

/// <summary>What made a report: everything that somebody needs to make it again. All of it is optional; what is not known is left out.</summary>
public sealed record ReportOrigin
{
    /// <summary>The name of the model file.</summary>
    public string? Model { get; init; }

    /// <summary>The kind of the detector, <see cref="DetectorInfo.Kind"/>.</summary>
    public string? ModelKind { get; init; }

    /// <summary>How the threshold came about.</summary>
    public string? ThresholdOrigin { get; init; }

    /// <summary>The version of AnomalyKit, and of what called it.</summary>
    public string? Version { get; init; }

    /// <summary>The seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The names of the files with the labeled rows.</summary>
    public IReadOnlyList<string> DataFiles { get; init => field = [.. value ?? throw new ArgumentNullException(nameof(value))]; } = [];

    /// <summary>The column with the labels.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>How many rows were left out, because their label is missing.</summary>
    public long? UnlabeledRowCount { get; init; }

    /// <summary>Options of the trainer by name, with their values as text.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new Dictionary<string, string>();

    /// <summary>When the report was made; null (the default) leaves it out, so that the same evaluation gives the same report.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
