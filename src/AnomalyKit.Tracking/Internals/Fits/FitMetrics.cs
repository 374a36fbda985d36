namespace AnomalyKit.Fits;

/// <summary>What is measured on the training rows.</summary>
internal static class FitMetrics
{
    /// <param name="rows">The number of rows.</param>
    /// <param name="threshold">The detector's threshold.</param>
    /// <param name="scores">The scores of the training rows.</param>
    /// <param name="labels">Their labels; null for none.</param>
    public static List<MetricPoint> Of(int rows, double threshold, ReadOnlySpan<float> scores, bool[]? labels)
    {
        int alerts = 0;
        foreach (float score in scores)
            alerts += score > threshold ? 1 : 0;
        List<MetricPoint> metrics = [new("rows", rows), new("alert_fraction", alerts / (double)rows)];
        // Without one of both classes there is nothing to rank.
        if (labels is not null && labels.Contains(true) && labels.Contains(false))
        {
            metrics.Add(new("average_precision", DetectionMetrics.AveragePrecision(labels, scores)));
            metrics.Add(new("roc_auc", DetectionMetrics.RocAuc(labels, scores)));
        }

        return metrics;
    }
}
