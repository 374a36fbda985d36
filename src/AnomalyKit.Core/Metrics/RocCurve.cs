namespace AnomalyKit;

/// <summary>A receiver operating characteristic, from <see cref="DetectionMetrics.RocCurve"/>.</summary>
/// <remarks>
/// Point i is the rule score ≥ <c>Thresholds[i]</c>; thresholds fall, both rates never fall. The three members are of equal length.
/// Note the ≥ (scikit-learn's convention), where detectors flag score &gt; threshold. Immutable and thread-safe.
/// </remarks>
public sealed class RocCurve
{
    internal RocCurve(double[] falsePositiveRates, double[] truePositiveRates, double[] thresholds)
    {
        FalsePositiveRates = falsePositiveRates;
        TruePositiveRates = truePositiveRates;
        Thresholds = thresholds;
    }

    /// <summary>The number of points, at least 2.</summary>
    public int Count => Thresholds.Length;

    /// <summary>The fraction of normal rows flagged at each point: from 0 to 1, never falling. The curve's x.</summary>
    public ReadOnlyMemory<double> FalsePositiveRates { get; }

    /// <summary>The fraction of anomalies flagged at each point (recall): from 0 to 1, never falling. The curve's y.</summary>
    public ReadOnlyMemory<double> TruePositiveRates { get; }

    /// <summary>
    /// The threshold of each point: +∞ for the first, which flags nothing (even where a score is itself +∞), then distinct scores, falling.
    /// </summary>
    public ReadOnlyMemory<double> Thresholds { get; }
}
