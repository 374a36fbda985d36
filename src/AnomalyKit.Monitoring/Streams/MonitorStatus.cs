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
    internal static MonitorStatus Of(DriftMonitor monitor) => new(
        monitor.Kind,
        monitor.Subject,
        monitor.IsEnabled,
        monitor.Count,
        monitor.Statistic,
        monitor.Limit,
        monitor is ReferenceMonitor or ConformalMonitor or ColumnMonitor,
        monitor.DetectionCount,
        monitor.FirstDetectedAt,
        monitor.LastDetectedAt);
}
