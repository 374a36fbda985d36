namespace AnomalyKit;

/// <summary>What a number of alerts would find: the rows of the highest scores.</summary>
/// <param name="Count">The number of alerts, k.</param>
/// <param name="Threshold">The score above which at most k rows lie: the (k + 1)-th highest; −∞ where k is the number of rows.</param>
/// <param name="Precision">The fraction of the alerts that are anomalies: <see cref="DetectionMetrics.PrecisionAtK"/>.</param>
/// <param name="Recall">The fraction of the anomalies that are alerts, <see cref="DetectionMetrics.RecallAtK"/>; null where there is no anomaly.</param>
public sealed record AlertChoice(int Count, double Threshold, double Precision, double? Recall);
