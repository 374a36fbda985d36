using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>The metrics of a search as text.</summary>
internal static class MetricTexts
{
    private static readonly TextForms<SearchMetric> Forms = new(
        "metric",
        new("average_precision", _ => SearchMetric.AveragePrecision),
        new("roc_auc", _ => SearchMetric.RocAuc),
        new("best_f1", _ => SearchMetric.BestF1),
        new("precision_at_k:K", arguments => SearchMetric.PrecisionAtK(arguments.Int32(0))),
        new("recall_at_k:K", arguments => SearchMetric.RecallAtK(arguments.Int32(0))),
        new("recall_at_false_positive_rate:RATE", arguments => SearchMetric.RecallAtFalsePositiveRate(arguments.Fraction(0))));

    /// <summary>Reads a metric.</summary>
    /// <exception cref="FormatException">There is no such metric, or its argument cannot be used.</exception>
    public static SearchMetric Read(string text) => Forms.Read(text);
}
