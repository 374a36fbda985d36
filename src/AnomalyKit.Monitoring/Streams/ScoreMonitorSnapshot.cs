namespace AnomalyKit;

/// <summary>How a <see cref="ScoreMonitor"/> stands between two batches.</summary>
public sealed record ScoreMonitorSnapshot
{
    /// <summary>How many scores were seen.</summary>
    public required long Count { get; init; }

    /// <summary>How many became alerts; 0 without a budget.</summary>
    public required long AlertCount { get; init; }

    /// <summary>How many were high enough for an alert and were held back; 0 without a budget.</summary>
    public required long HeldBackCount { get; init; }

    /// <summary>The fraction of scores that became alerts; 0 without a budget.</summary>
    public required double AlertFraction { get; init; }

    /// <summary>The score above which the next row is worth an alert; <see langword="null"/> without a budget.</summary>
    public required double? AlertThreshold { get; init; }

    /// <summary>The monitors of the scores in their order, then that of the columns.</summary>
    public required IReadOnlyList<MonitorStatus> Monitors { get; init; }
}
