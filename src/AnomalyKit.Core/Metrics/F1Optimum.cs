namespace AnomalyKit;

/// <summary>The best F1 any threshold reaches on given labels, from <see cref="DetectionMetrics.BestF1"/>.</summary>
/// <param name="F1">The harmonic mean of precision and recall, from 0 to 1.</param>
/// <param name="Precision">The share of anomalies among the flagged rows, from 0 to 1; 0 where none is flagged.</param>
/// <param name="Recall">The share of flagged rows among the anomalies, from 0 to 1.</param>
/// <param name="Threshold">
/// The threshold of the rule score &gt; threshold; never NaN. Counting the scores above it gives exactly this F1, precision and recall.
/// </param>
/// <remarks>Chosen on the labels it was measured on, hence optimistic: an upper bound, not an estimate for new rows.</remarks>
public readonly record struct F1Optimum(double F1, double Precision, double Recall, double Threshold);
