using System.Globalization;

namespace AnomalyKit;

/// <summary>What a search is judged by: a number for the labels and scores of held-out rows, and whether more of it is better.</summary>
/// <remarks>Immutable and safe for any number of threads.</remarks>
public sealed class SearchMetric
{
    private readonly Func<ReadOnlySpan<bool>, ReadOnlySpan<float>, double> _measure;

    private SearchMetric(string name, Func<ReadOnlySpan<bool>, ReadOnlySpan<float>, double> measure, SearchDirection direction)
    {
        Name = name;
        _measure = measure;
        Direction = direction;
    }

    /// <summary><see cref="DetectionMetrics.AveragePrecision"/>, the default: how many of the first rows that are looked at are anomalies. It depends on how rare anomalies are.</summary>
    public static SearchMetric AveragePrecision { get; } = Fraction("average_precision", DetectionMetrics.AveragePrecision);

    /// <summary><see cref="DetectionMetrics.RocAuc"/>: the chance that an anomaly scores higher than a normal row.</summary>
    public static SearchMetric RocAuc { get; } = Fraction("roc_auc", DetectionMetrics.RocAuc);

    /// <summary>The F1 of <see cref="DetectionMetrics.BestF1"/>: that of the best threshold, chosen on the rows that it is measured on.</summary>
    public static SearchMetric BestF1 { get; } = Fraction("best_f1", static (labels, scores) => DetectionMetrics.BestF1(labels, scores).F1);

    /// <summary>The metric's name in reports and run stores, for example <c>average_precision</c>.</summary>
    public string Name { get; }

    /// <summary>Whether more is better.</summary>
    public SearchDirection Direction { get; }

    /// <summary>How many rows of a held-out part the metric is a fraction of, at least; null where it is not a fraction. Its uncertainty follows from that.</summary>
    internal Func<bool[], int>? TrialsOf { get; private init; }

    /// <summary><see cref="DetectionMetrics.PrecisionAtK"/>: the fraction of anomalies among the k rows of the highest scores.</summary>
    /// <param name="k">How many held-out rows of each fold are looked at, at least 1.</param>
    /// <returns>The metric.</returns>
    public static SearchMetric PrecisionAtK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return new SearchMetric(
            string.Create(CultureInfo.InvariantCulture, $"precision_at_{k}"), (labels, scores) => DetectionMetrics.PrecisionAtK(labels, scores, k), SearchDirection.Maximize)
        {
            TrialsOf = _ => k,
        };
    }

    /// <summary><see cref="DetectionMetrics.RecallAtK"/>: the fraction of all anomalies that are among the k rows of the highest scores.</summary>
    /// <param name="k">How many held-out rows of each fold are looked at, at least 1.</param>
    /// <returns>The metric.</returns>
    public static SearchMetric RecallAtK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return Fraction(string.Create(CultureInfo.InvariantCulture, $"recall_at_{k}"), (labels, scores) => DetectionMetrics.RecallAtK(labels, scores, k));
    }

    /// <summary><see cref="DetectionMetrics.RecallAtFalsePositiveRate"/>: the best recall with no more than a fraction of false alerts.</summary>
    /// <param name="maxFalsePositiveRate">The fraction of normal rows that may be flagged, from 0 to 1.</param>
    /// <returns>The metric.</returns>
    public static SearchMetric RecallAtFalsePositiveRate(double maxFalsePositiveRate)
    {
        if (!(maxFalsePositiveRate >= 0 && maxFalsePositiveRate <= 1))
            throw new ArgumentOutOfRangeException(nameof(maxFalsePositiveRate), maxFalsePositiveRate, "A rate is a fraction from 0 to 1 (0.01 for one percent).");
        return Fraction(
            string.Create(CultureInfo.InvariantCulture, $"recall_at_false_positive_rate_{maxFalsePositiveRate}"),
            (labels, scores) => DetectionMetrics.RecallAtFalsePositiveRate(labels, scores, maxFalsePositiveRate));
    }

    /// <summary>A metric of your own.</summary>
    /// <param name="name">Its name in reports and run stores, for example <c>cost_per_day</c>.</param>
    /// <param name="measure">Takes one label and one score per held-out row of a fold, in the same order. Called from several threads. NaN and infinity fail the trial.</param>
    /// <param name="direction">Whether more is better.</param>
    /// <returns>The metric.</returns>
    public static SearchMetric Of(string name, Func<ReadOnlySpan<bool>, ReadOnlySpan<float>, double> measure, SearchDirection direction = SearchDirection.Maximize)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(measure);
        if (!Enum.IsDefined(direction))
            throw new ArgumentOutOfRangeException(nameof(direction), direction, "There is no such direction.");
        return new SearchMetric(name, measure, direction);
    }

    /// <summary>Reads a metric: <c>average_precision</c>, <c>roc_auc</c>, <c>best_f1</c>, <c>precision_at_k:100</c>, <c>recall_at_k:100</c>, <c>recall_at_false_positive_rate:0.01</c>.</summary>
    /// <param name="text">The text; case, dashes and underscores of the word do not matter.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="FormatException">There is no such metric, or its argument cannot be used; the message lists what there is.</exception>
    public static SearchMetric Parse(string text) => MetricTexts.Read(text);

    /// <summary>Takes the metric.</summary>
    /// <param name="labels">One label per row, <see langword="true"/> for an anomaly.</param>
    /// <param name="scores">One score per row; higher is more anomalous.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The metric cannot be taken on these rows; the message says why.</exception>
    public double Measure(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores) => _measure(labels, scores);

    /// <inheritdoc cref="Name"/>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    /// <summary>Whether a value is better than another.</summary>
    internal bool IsBetter(double value, double other) => Direction == SearchDirection.Maximize ? value > other : value < other;

    private static SearchMetric Fraction(string name, Func<ReadOnlySpan<bool>, ReadOnlySpan<float>, double> measure) => new(name, measure, SearchDirection.Maximize)
    {
        TrialsOf = static labels => labels.AsSpan().Count(true),
    };
}
