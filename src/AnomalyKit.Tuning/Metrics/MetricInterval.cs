using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Intervals for the mean of a metric over held-out parts.</summary>
/// <remarks>
/// Metrics that are fractions: the score interval of E. B. Wilson (JASA 22, 1927) for a fraction of as many trials as there are anomalies. For average precision K. Boyd, K. H. Eng and C. D. Page
/// (ECML PKDD 2013) found intervals from this binomial variance to cover better than bootstraps, which are too narrow where anomalies are few; for the area under the ROC curve the variance is at most this one (Z. W. Birnbaum and
/// O. M. Klose, 1957). Other metrics: percentiles of a bootstrap that draws anomalies and normal rows of each part apart.
/// </remarks>
internal static class MetricInterval
{
    public const double Level = 0.95;

    private const double NormalQuantile = 1.959963984540054;
    private const int Draws = 1000;

    /// <summary>Measures held-out parts.</summary>
    /// <exception cref="ArgumentException">The metric cannot be taken on one of the parts.</exception>
    public static SearchEstimate Of(SearchMetric metric, IReadOnlyList<FoldScores> parts, ulong seed)
    {
        double[] values = [.. parts.Select(part => metric.Measure(part.Labels, part.Scores))];
        double value = values.Average();
        var (low, high) = metric.TrialsOf is { } trials ? Wilson(value, parts.Sum(part => (long)trials(part.Labels))) : Bootstrap(metric, parts, seed);
        return new SearchEstimate
        {
            Value = value,
            Low = low,
            High = high,
            IntervalMethod = metric.TrialsOf is null ? "bootstrap" : "wilson",
            AnomalyCount = parts.Sum(part => part.Labels.AsSpan().Count(true)),
            FoldValues = values,
        };
    }

    /// <summary>The values that a fraction of so many trials is consistent with.</summary>
    public static (double Low, double High) Wilson(double fraction, double trials)
    {
        const double square = NormalQuantile * NormalQuantile;
        double middle = (fraction + (square / (2 * trials))) / (1 + (square / trials));
        double half = NormalQuantile / (1 + (square / trials)) * Math.Sqrt((fraction * (1 - fraction) / trials) + (square / (4 * trials * trials)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    private static (double Low, double High) Bootstrap(SearchMetric metric, IReadOnlyList<FoldScores> parts, ulong seed)
    {
        var means = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int part = 0; part < parts.Count; part++)
            {
                var (labels, scores) = Resampling.Draw(parts[part], seed, ((ulong)draw * (ulong)parts.Count) + (ulong)part);
                means[draw] += metric.Measure(labels, scores) / parts.Count;
            }
        }

        means.AsSpan().Sort();
        const double tail = (1 - Level) / 2;
        return (means[(int)(tail * Draws)], means[(int)((1 - tail) * Draws) - 1]);
    }
}
