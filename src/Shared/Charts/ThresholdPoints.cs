namespace AnomalyKit.Charts;

/// <summary>What one threshold does: rows that score above it are alerts.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Alerts">The number of alerts.</param>
/// <param name="Caught">The number of anomalies among the alerts.</param>
internal readonly record struct ThresholdPoint(double Threshold, int Alerts, int Caught);

/// <summary>A few hundred thresholds of a detector, from few alerts to many; the detector's own is among them.</summary>
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
    public static ThresholdPoints Of(ReadOnlySpan<float> rowScores, ReadOnlySpan<bool> rowLabels, double ownThreshold)
    {
        int count = rowScores.Length;
        float[] sorted = rowScores.ToArray();
        bool[] labels = rowLabels.ToArray();
        Array.Sort(sorted, labels);
        int[] caughtFrom = new int[count + 1];
        for (int i = count - 1; i >= 0; i--)
            caughtFrom[i] = caughtFrom[i + 1] + (labels[i] ? 1 : 0);

        var own = At(ownThreshold);
        // No alert at all is a choice too.
        var points = new List<ThresholdPoint> { own, At(sorted[^1]) };
        foreach (int wanted in Wanted(count))
            points.Add(At(sorted[count - 1 - wanted]));

        // Equal scores are alerts together: two wanted counts may give the same one. The detector's own stands first and stays.
        ThresholdPoint[] kept = [.. points.DistinctBy(point => point.Alerts).OrderBy(point => point.Alerts)];
        return new ThresholdPoints(kept, Array.IndexOf(kept, own), caughtFrom[0]);

        ThresholdPoint At(double threshold)
        {
            int low = 0;
            int high = count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (sorted[middle] > threshold)
                    high = middle;
                else
                    low = middle + 1;
            }

            return new ThresholdPoint(threshold, count - low, caughtFrom[low]);
        }
    }

    /// <summary>The point whose number of alerts is nearest.</summary>
    public ThresholdPoint Nearest(double alerts) => Points.MinBy(point => Math.Abs(point.Alerts - alerts));

    private static IEnumerable<int> Wanted(int rows) => Enumerable.Range(0, 1 + (int)Math.Ceiling(StepsPerDecade * Math.Log10(Math.Max(rows, 1))))
        .Select(step => (int)Math.Round(Math.Pow(10, (double)step / StepsPerDecade)))
        .Where(alerts => alerts < rows)
        .Distinct();
}
