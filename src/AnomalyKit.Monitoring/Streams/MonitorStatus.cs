namespace AnomalyKit;

/// <summary>How a monitor stands.</summary>
/// <param name="Kind">Its kind, for example <c>reference-martingale</c>.</param>
/// <param name="Subject">What it watches.</param>
/// <param name="IsEnabled">Whether it watches.</param>
/// <param name="Count">How many values or rows it has watched.</param>
/// <param name="Statistic">The evidence for a change.</param>
/// <param name="Limit">What the evidence must reach.</param>
/// <param name="IsMartingale">Whether the statistic is the natural logarithm of the capital of a test martingale.</param>
/// <param name="DetectionCount">How often it detected drift.</param>
/// <param name="FirstDetectedAt">The value or row, counted from 1, of the first detection.</param>
/// <param name="LastDetectedAt">The value or row, counted from 1, of the last detection.</param>
public sealed record MonitorStatus(
    string Kind, string Subject, bool IsEnabled, long Count, double Statistic, double Limit, bool IsMartingale, long DetectionCount, long? FirstDetectedAt, long? LastDetectedAt)
{
    /// <summary>How often drift was detected in all, also before <see cref="ScoreMonitor.ResetMonitors"/>, which sets <see cref="DetectionCount"/> to 0.</summary>
    public long TotalDetectionCount { get; init; } = DetectionCount;

    /// <param name="monitor">The monitor.</param>
    /// <param name="earlier">How often it detected drift before it was reset.</param>
    internal static MonitorStatus Of(DriftMonitor monitor, long earlier) => new(
        monitor.Kind,
        monitor.Subject,
        monitor.IsEnabled,
        monitor.Count,
        monitor.Statistic,
        monitor.Limit,
        monitor is ReferenceMonitor or ConformalMonitor or ColumnMonitor,
        monitor.DetectionCount,
        monitor.FirstDetectedAt,
        monitor.LastDetectedAt)
    {
        TotalDetectionCount = earlier + monitor.DetectionCount,
    };
}
