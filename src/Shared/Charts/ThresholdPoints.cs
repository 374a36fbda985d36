namespace AnomalyKit.Charts;

/// <summary>What one threshold does: rows that score above it are alerts.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Alerts">The number of alerts.</param>
/// <param name="Caught">The number of anomalies among the alerts.</param>
internal readonly record struct ThresholdPoint(double Threshold, int Alerts, int Caught);

/// <summary>A few hundred thresholds of a detector, from few alerts to many; the detector's own is among them, and so are no alert and alerts for all rows.</summary>
/// <param name="Points">The thresholds, the highest first.</param>
/// <param name="Own">The index of the detector's own threshold.</param>
/// <param name="Anomalies">The number of anomalies among the rows.</param>
internal sealed record ThresholdPoints(IReadOnlyList<ThresholdPoint> Points, int Own, int Anomalies)
{
    private const int StepsPerDecade = 40;

    /// <summary>Finds the thresholds.</summary>
    /// <param name="rowScores">One score per row; at least one row.</param>
    /// <param name="rowLabels">One label per row, true for an anomaly.</param>
    /// <param name="ownThreshold">The detector's own threshold.</param>
    public static ThresholdPoints Of(ReadOnlySpan<float> rowScores, ReadOnlySpan<bool> rowLabels, double ownThreshold) => Of(new ThresholdCounts(rowScores, rowLabels), ownThreshold);

    /// <summary>Finds the thresholds.</summary>
    /// <param name="counts">What every threshold does.</param>
    /// <param name="ownThreshold">The detector's own threshold.</param>
    public static ThresholdPoints Of(ThresholdCounts counts, double ownThreshold)
    {
        var own = counts.At(ownThreshold);
        // Equal scores are alerts together: two wanted counts may give the same one. The detector's own stands first and stays.
        ThresholdPoint[] kept = [.. Wanted(counts.Rows).Select(counts.AtMost).Prepend(own).DistinctBy(point => point.Alerts).OrderBy(point => point.Alerts)];
        return new ThresholdPoints(kept, Array.IndexOf(kept, own), counts.Anomalies);
    }

    /// <summary>The point whose number of alerts is nearest.</summary>
    public ThresholdPoint Nearest(double alerts) => Points[IndexOf(alerts)];

    /// <summary>The index of the point whose number of alerts is nearest.</summary>
    public int IndexOf(double alerts) => Enumerable.Range(0, Points.Count).MinBy(i => Math.Abs(Points[i].Alerts - alerts));

    private static IEnumerable<int> Wanted(int rows) => Enumerable.Range(0, 1 + (int)Math.Ceiling(StepsPerDecade * Math.Log10(Math.Max(rows, 1))))
        .Select(step => (int)Math.Round(Math.Pow(10, (double)step / StepsPerDecade)))
        .Where(alerts => alerts < rows)
        .Prepend(0).Append(rows)
        .Distinct();
}
