namespace AnomalyKit;

/// <summary>The names of the instruments of <see cref="MonitoringMeters"/>.</summary>
public static class InstrumentNames
{
    /// <summary>Counter, {score}: scores seen.</summary>
    public const string Scores = "anomalykit.scores";

    /// <summary>Counter, {alert}: scores that became alerts.</summary>
    public const string Alerts = "anomalykit.alerts";

    /// <summary>Counter, {alert}: scores that were high enough for an alert and were held back by the budget.</summary>
    public const string AlertsHeldBack = "anomalykit.alerts.held_back";

    /// <summary>Gauge, 1: the fraction of scores that became alerts since the budget began.</summary>
    public const string AlertFraction = "anomalykit.alert.fraction";

    /// <summary>Gauge, in the unit of the scores: the score above which the next row is worth an alert.</summary>
    public const string AlertThreshold = "anomalykit.alert.threshold";

    /// <summary>Counter, {detection}, by monitor: how often it detected drift, also before it was reset.</summary>
    public const string DriftDetections = "anomalykit.drift.detections";

    /// <summary>Gauge, 1, by monitor: the evidence for a change.</summary>
    public const string DriftStatistic = "anomalykit.drift.statistic";

    /// <summary>Gauge, 1, by monitor: the evidence at which drift is detected.</summary>
    public const string DriftLimit = "anomalykit.drift.limit";

    /// <summary>Gauge, 1, by monitor, martingales only: the natural logarithm of the capital.</summary>
    public const string MartingaleLogCapital = "anomalykit.martingale.log_capital";
}
