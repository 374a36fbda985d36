namespace AnomalyKit;

/// <summary>Precision against recall, from <see cref="DetectionMetrics.PrecisionRecallCurve"/>.</summary>
/// <remarks>
/// Point i is the rule score ≥ <c>Thresholds[i]</c>; thresholds rise, recall never rises. The last point (recall 0, precision 1) has no
/// threshold: it ends the curve at the axis. Note the ≥ (scikit-learn's convention), where detectors flag score &gt; threshold.
/// The area under the curve is <see cref="DetectionMetrics.AveragePrecision"/>; the trapezoidal rule over these points would be too
/// optimistic. Immutable and thread-safe.
/// </remarks>
public sealed class PrecisionRecallCurve
{
    internal PrecisionRecallCurve(double[] precisions, double[] recalls, double[] thresholds)
    {
        Precisions = precisions;
        Recalls = recalls;
        Thresholds = thresholds;
    }

    /// <summary>The number of points, at least 2: one more than thresholds.</summary>
    public int Count => Precisions.Length;

    /// <summary>The fraction of anomalies among the flagged rows at each point, from 0 to 1; the last is 1. The curve's y.</summary>
    public ReadOnlyMemory<double> Precisions { get; }

    /// <summary>The fraction of anomalies flagged at each point, from 1 to 0, never rising. The curve's x.</summary>
    public ReadOnlyMemory<double> Recalls { get; }

    /// <summary>The threshold of each point but the last: the distinct scores, rising.</summary>
    public ReadOnlyMemory<double> Thresholds { get; }
}
