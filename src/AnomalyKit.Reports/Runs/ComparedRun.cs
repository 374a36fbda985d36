namespace AnomalyKit;

/// <summary>What a <see cref="RunComparisonReport"/> shows of a run.</summary>
/// <param name="Id">The run's identifier.</param>
/// <param name="Name">What people call it.</param>
public sealed record ComparedRun(string Id, string Name)
{
    /// <summary>The experiment that it belongs to; empty by default.</summary>
    public string Experiment { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = string.Empty;

    /// <summary>How it ended, in a word; empty by default.</summary>
    public string Status { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = string.Empty;

    /// <summary>When it started; null (the default) where nobody knows.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How long it took in seconds; null (the default) where nobody knows.</summary>
    public double? Seconds { get; init; }

    /// <summary>Parameters by name; none by default.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new Dictionary<string, string>();

    /// <summary>Last values of metrics by name; none by default.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new Dictionary<string, double>();

    /// <summary>Values of metrics over steps, by name, in the order of the steps; none by default. Metrics of one step are not drawn.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(long Step, double Value)>> Curves { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } =
        new Dictionary<string, IReadOnlyList<(long Step, double Value)>>();
}
