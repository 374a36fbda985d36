namespace AnomalyKit;

/// <summary>The best F1 any threshold reaches on given labels, from <see cref="DetectionMetrics.BestF1"/>.</summary>
/// <remarks>
/// Chosen on the labels it was measured on, hence optimistic: an upper bound, not an estimate for new rows. Equal if all four numbers are. Immutable and
/// thread-safe.
/// </remarks>
public readonly record struct F1Optimum
{
    /// <summary>States an optimum.</summary>
    /// <param name="f1">The harmonic mean of precision and recall, from 0 to 1.</param>
    /// <param name="precision">The fraction of anomalies among the flagged rows, from 0 to 1.</param>
    /// <param name="recall">The fraction of flagged rows among the anomalies, from 0 to 1.</param>
    /// <param name="threshold">The threshold of the rule score &gt; threshold.</param>
    public F1Optimum(double f1, double precision, double recall, double threshold)
    {
        F1 = f1;
        Precision = precision;
        Recall = recall;
        Threshold = threshold;
    }

    /// <summary>The harmonic mean of precision and recall, from 0 to 1.</summary>
    public double F1 { get; }

    /// <summary>The fraction of anomalies among the flagged rows, from 0 to 1; 0 where none is flagged.</summary>
    public double Precision { get; }

    /// <summary>The fraction of flagged rows among the anomalies, from 0 to 1.</summary>
    public double Recall { get; }

    /// <summary>
    /// The threshold of the rule score &gt; threshold; never NaN. Counting the scores above it gives exactly this F1, precision and recall.
    /// </summary>
    public double Threshold { get; }
}
