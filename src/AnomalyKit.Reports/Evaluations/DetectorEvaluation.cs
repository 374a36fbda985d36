using System.Security.Cryptography;

namespace AnomalyKit;

/// <summary>How well one detector does on labeled rows. All metrics are those of <see cref="DetectionMetrics"/>.</summary>
/// <remarks>Immutable; times are set by <c>with</c>. Keeps metrics, thinned curves and a histogram, about 100 KB, and neither labels nor scores.</remarks>
public sealed record DetectorEvaluation
{
    private DetectorEvaluation(string name, double threshold, ConfusionMatrix confusion, ScoreHistogram histogram, IReadOnlyList<AlertChoice> choices, string labelDigest)
    {
        Name = name;
        Threshold = threshold;
        Confusion = confusion;
        Histogram = histogram;
        AlertChoices = choices;
        LabelDigest = labelDigest;
    }

    /// <summary>What the detector is called in the report.</summary>
    public string Name { get; }

    /// <summary>The number of rows.</summary>
    public long RowCount => Confusion.Total;

    /// <summary>The number of rows that are anomalies by their labels.</summary>
    public long AnomalyCount => Confusion.TruePositives + Confusion.FalseNegatives;

    /// <summary>The score above which a row is an alert.</summary>
    public double Threshold { get; }

    /// <summary>The number of alerts.</summary>
    public long AlertCount => Confusion.TruePositives + Confusion.FalsePositives;

    /// <summary>The counts at <see cref="Threshold"/>.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary><see cref="DetectionMetrics.RocAuc"/>; null where a class is missing among the labels.</summary>
    public double? RocAuc { get; private init; }

    /// <summary><see cref="DetectionMetrics.AveragePrecision"/>; null where there is no anomaly.</summary>
    public double? AveragePrecision { get; private init; }

    /// <summary><see cref="DetectionMetrics.BestF1"/>: optimistic, for nobody knows that threshold beforehand; null where there is no anomaly.</summary>
    public F1Optimum? BestF1 { get; private init; }

    /// <summary>What other numbers of alerts would find, from few to many; that of the anomalies is among them.</summary>
    public IReadOnlyList<AlertChoice> AlertChoices { get; }

    /// <summary>Seconds that the fit took; null where it is not known.</summary>
    public double? FitSeconds { get; init; }

    /// <summary>Seconds that scoring took; null where it is not known.</summary>
    public double? ScoreSeconds { get; init; }

    /// <summary>The number of rows that the detector was fitted on; null where it is not known.</summary>
    public long? TrainRowCount { get; init; }

    internal CurvePoints? Roc { get; private init; }

    internal CurvePoints? PrecisionRecall { get; private init; }

    internal ScoreHistogram Histogram { get; }

    internal string LabelDigest { get; }

    /// <summary>Measures a detector's scores.</summary>
    /// <param name="name">What the detector is called in the report.</param>
    /// <param name="labels">One label per row, true for an anomaly; at least one row.</param>
    /// <param name="scores">One score per row, higher is more anomalous, none NaN.</param>
    /// <param name="threshold">The score above which a row is an alert.</param>
    /// <returns>The evaluation. Rows all of one class are one, too; what needs both classes is null then.</returns>
    /// <exception cref="ArgumentException">The name is blank, there are no rows, the counts differ, or a score or the threshold is NaN.</exception>
    public static DetectorEvaluation Of(string name, ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, double threshold)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (double.IsNaN(threshold))
            throw new ArgumentException("The threshold is NaN; a number was expected.", nameof(threshold));
        if (labels.IsEmpty)
            throw new ArgumentException("There are no rows to measure on. Pass at least one label and one score.", nameof(labels));
        var confusion = ConfusionMatrix.AtThreshold(labels, scores, threshold);
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        long anomalies = confusion.TruePositives + confusion.FalseNegatives;
        var roc = anomalies > 0 && anomalies < confusion.Total ? DetectionMetrics.RocCurve(labels, scores, dropIntermediate: true) : null;
        return new DetectorEvaluation(name, threshold, confusion, ScoreHistogram.Of(labels, scores, threshold, sorted), Choices(labels, scores, sorted, (int)anomalies), Digest(labels))
        {
            RocAuc = roc is null ? null : DetectionMetrics.RocAuc(labels, scores),
            AveragePrecision = anomalies == 0 ? null : DetectionMetrics.AveragePrecision(labels, scores),
            BestF1 = anomalies == 0 ? null : DetectionMetrics.BestF1(labels, scores),
            Roc = roc is null ? null : CurvePoints.Of(roc.FalsePositiveRates.Span, roc.TruePositiveRates.Span),
            PrecisionRecall = anomalies == 0 ? null : Drawn(DetectionMetrics.PrecisionRecallCurve(labels, scores)),
        };
    }

    /// <summary>The end of the curve, where no anomaly is found yet, is a spike along the axis that shows nothing.</summary>
    private static CurvePoints Drawn(PrecisionRecallCurve curve)
    {
        int spike = System.MemoryExtensions.Count(curve.Recalls.Span, 0.0);
        return CurvePoints.Of(curve.Recalls.Span[..^spike], curve.Precisions.Span[..^spike]);
    }

    private static AlertChoice[] Choices(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, float[] sorted, int anomalies)
    {
        var counts = new SortedSet<int>();
        for (long power = 10; power <= scores.Length; power *= 10)
        {
            foreach (long count in (long[])[power, 2 * power, 5 * power])
            {
                if (count <= scores.Length)
                    counts.Add((int)count);
            }
        }

        if (anomalies > 0)
            counts.Add(anomalies);
        if (counts.Count == 0)
            counts.Add(1);
        var choices = new List<AlertChoice>(counts.Count);
        foreach (int count in counts)
        {
            double next = count == sorted.Length ? double.NegativeInfinity : sorted[^(count + 1)];
            choices.Add(new AlertChoice(count, next, DetectionMetrics.PrecisionAtK(labels, scores, count), anomalies == 0 ? null : DetectionMetrics.RecallAtK(labels, scores, count)) { LowestAlert = sorted[^count] });
        }

        return [.. choices];
    }

    private static string Digest(ReadOnlySpan<bool> labels) => Convert.ToHexString(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(labels)));
}
