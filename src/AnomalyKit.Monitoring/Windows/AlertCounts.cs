using AnomalyKit.Monitoring.Statistics;

namespace AnomalyKit.Monitoring.Windows;

/// <summary>Compares fractions of alerts.</summary>
internal static class AlertCounts
{
    /// <summary>The alerts of a profile at a threshold, and the number of scores that they are of: as counted at its own, else as the sketch says.</summary>
    public static (double? Alerts, double Scores) Of(ReferenceProfile profile, double? threshold)
    {
        if (profile.Scores is not { Count: > 0 } scores || threshold is not { } value)
            return (null, 0);
        var (fraction, count) = value == profile.AlertThreshold ? (profile.AlertFraction!.Value, profile.AlertRowCount!.Value) : (1 - scores.Rank(value), scores.Count);
        return (fraction * count, count);
    }

    public static AlertDrift Compare(double referenceAlerts, double referenceScores, long alerts, long scores, DriftOptions options)
    {
        double log = Proportions.LogPValue(referenceAlerts, referenceScores, alerts, scores);
        double ratio = (alerts + 0.5) / (scores + 1.0) / ((referenceAlerts + 0.5) / (referenceScores + 1));
        bool matters = ratio >= options.MinAlertRatio || ratio <= 1 / options.MinAlertRatio;
        bool isEnough = Math.Min(scores, referenceScores) >= options.MinCount;
        bool isSignificant = log <= Math.Log(options.WindowLevel);
        return new AlertDrift
        {
            Status = !isEnough ? DriftStatus.NotEnoughData : isSignificant && matters ? DriftStatus.Drifted : DriftStatus.Stable,
            IsSmallChange = isEnough && isSignificant && !matters,
            ReferenceFraction = referenceAlerts / referenceScores,
            CurrentFraction = (double)alerts / scores,
            Ratio = ratio,
            PValue = ColumnTest.PValueOf(log),
            AlertCount = alerts,
            ScoreCount = scores,
        };
    }
}
