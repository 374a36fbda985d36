namespace AnomalyKit;

/// <summary>Which runs are looked for, and in which order they come.</summary>
public sealed record RunQuery
{
    /// <summary>The experiment; null (the default) for all.</summary>
    public string? Experiment { get; init; }

    /// <summary>Where the runs stand; null (the default) for any.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>The run that they are parts of; null (the default) for any or none.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>What must hold for their metrics, parameters and tags, all of it; nothing by default.</summary>
    public IReadOnlyList<RunCondition> Conditions { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>The metric whose last value orders the runs; null (the default) to have the run that started last come first.</summary>
    /// <remarks>Runs without the metric, and those whose value is NaN, come last in either direction. Ties are broken by the time of the start, the newest first, and then by the identifier.</remarks>
    public string? OrderByMetric { get; init; }

    /// <summary>Whether the lowest value comes first. False by default.</summary>
    public bool IsAscending { get; init; }

    /// <summary>The largest number of runs; null (the default) for all of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int? MaxCount
    {
        get;
        init
        {
            if (value is <= 0)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(MaxCount)} is {value}; a number of at least 1 was expected, or null for all runs.");
            field = value;
        }
    }
}
