namespace AnomalyKit.Dashboard.Live;

/// <summary>How a model of this process fares, at one moment. Immutable.</summary>
internal sealed record LiveModel(string Name, string Version)
{
    public required long Rows { get; init; }

    public required long Anomalies { get; init; }

    /// <summary>Rows of each of the last seconds, the oldest first.</summary>
    public required IReadOnlyList<double> RowsPerSecond { get; init; }

    /// <summary>Alerts of each of the last seconds, the oldest first.</summary>
    public required IReadOnlyList<double> AlertsPerSecond { get; init; }

    public required long Calls { get; init; }

    /// <summary>Seconds of a call; null before the first one of the last minutes.</summary>
    public required double? Median { get; init; }

    public required double? Percentile95 { get; init; }

    public required double? Percentile99 { get; init; }

    public required ModelDrift? Drift { get; init; }
}

/// <summary>All models at one moment.</summary>
internal sealed record LiveSnapshot(DateTimeOffset At, IReadOnlyList<LiveModel> Models);
