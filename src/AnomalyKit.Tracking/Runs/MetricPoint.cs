namespace AnomalyKit;

/// <summary>A value of a metric.</summary>
/// <param name="Name">The metric's name, for example <c>average_precision</c>.</param>
/// <param name="Value">The value; NaN and infinities are kept as they are.</param>
/// <param name="Step">Where in the run, for example the epoch, the rung or the fold.</param>
public readonly record struct MetricPoint(string Name, double Value, long Step = 0)
{
    /// <summary>When it was measured; by default, the time of the call.</summary>
    public DateTimeOffset? Time { get; init; }
}
