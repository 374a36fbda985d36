using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Metrics;

[Properties(Arbitrary = [typeof(ManyRows)], MaxTest = 200)]
public class DetectionMetricsPropertyTests
{
    [Property]
    public bool RocAuc_is_the_share_of_pairs_won(LabelledScores rows)
    {
        float[] anomalies = Where(rows, label: true);
        float[] normals = Where(rows, label: false);
        double won = anomalies.Sum(a => normals.Sum(n => a > n ? 1 : a == n ? 0.5 : 0));
        return won / ((double)anomalies.Length * normals.Length) == DetectionMetrics.RocAuc(rows.Labels, rows.Scores);
    }

    [Property]
    public bool AveragePrecision_is_the_mean_over_anomalies_of_the_precision_at_their_score(LabelledScores rows)
    {
        double mean = Where(rows, label: true).Average(score =>
            (double)Where(rows, label: true).Count(a => a >= score) / rows.Scores.Count(other => other >= score));
        return Close.To(mean, DetectionMetrics.AveragePrecision(rows.Labels, rows.Scores));
    }

    [Property]
    public bool Strictly_increasing_maps_change_no_ranking_metric(LabelledScores rows)
    {
        // Each is exact in float32 for eighths up to 500/8.
        Func<float, float>[] maps = [s => s * 4, s => s / 2, s => s + 100, s => s < 0 ? s : s * 1e6f, s => s > 0 ? 2 * s : s];
        return maps.All(map =>
        {
            float[] mapped = Array.ConvertAll(rows.Scores, s => map(s));
            return DetectionMetrics.RocAuc(rows.Labels, mapped) == DetectionMetrics.RocAuc(rows.Labels, rows.Scores)
                && DetectionMetrics.AveragePrecision(rows.Labels, mapped) == DetectionMetrics.AveragePrecision(rows.Labels, rows.Scores)
                && DetectionMetrics.BestF1(rows.Labels, mapped).F1 == DetectionMetrics.BestF1(rows.Labels, rows.Scores).F1;
        });
    }

    [Property]
    public bool RocAuc_of_the_opposite_scores_is_the_complement(LabelledScores rows) => Close.To(
        1 - DetectionMetrics.RocAuc(rows.Labels, rows.Scores),
        DetectionMetrics.RocAuc(rows.Labels, Array.ConvertAll(rows.Scores, s => -s)));

    [Property]
    public bool The_order_of_rows_changes_no_bit(LabelledScores rows, int seed)
    {
        int[] order = [.. Enumerable.Range(0, rows.Labels.Length)];
        new Random(seed).Shuffle(order);
        bool[] labels = Array.ConvertAll(order, i => rows.Labels[i]);
        float[] scores = Array.ConvertAll(order, i => rows.Scores[i]);
        int k = 1 + (rows.Labels.Length / 3);
        return DetectionMetrics.RocAuc(labels, scores) == DetectionMetrics.RocAuc(rows.Labels, rows.Scores)
            && DetectionMetrics.AveragePrecision(labels, scores) == DetectionMetrics.AveragePrecision(rows.Labels, rows.Scores)
            && DetectionMetrics.PrecisionAtK(labels, scores, k) == DetectionMetrics.PrecisionAtK(rows.Labels, rows.Scores, k)
            && DetectionMetrics.RecallAtK(labels, scores, k) == DetectionMetrics.RecallAtK(rows.Labels, rows.Scores, k)
            && DetectionMetrics.BestF1(labels, scores) == DetectionMetrics.BestF1(rows.Labels, rows.Scores)
            && DetectionMetrics.RocCurve(labels, scores).FalsePositiveRates.Span.SequenceEqual(
                DetectionMetrics.RocCurve(rows.Labels, rows.Scores).FalsePositiveRates.Span)
            && DetectionMetrics.PrecisionRecallCurve(labels, scores).Precisions.Span.SequenceEqual(
                DetectionMetrics.PrecisionRecallCurve(rows.Labels, rows.Scores).Precisions.Span);
    }

    [Property]
    public bool BestF1_is_reproduced_by_counting_and_beaten_by_no_score(LabelledScores rows)
    {
        F1Optimum best = DetectionMetrics.BestF1(rows.Labels, rows.Scores);
        ConfusionMatrix counts = ConfusionMatrix.AtThreshold(rows.Labels, rows.Scores, best.Threshold);
        bool reproduced = best == new F1Optimum(counts.F1, counts.Precision, counts.Recall, best.Threshold);
        bool isFloat = (float)best.Threshold == best.Threshold;

        // Every threshold is one of the scores, or below them all; equal F1 at more alarms is no better.
        IEnumerable<double> thresholds = rows.Scores.Select(s => (double)s).Append(double.NegativeInfinity);
        bool unbeaten = thresholds.All(threshold =>
        {
            ConfusionMatrix other = ConfusionMatrix.AtThreshold(rows.Labels, rows.Scores, threshold);
            long flagged = counts.TruePositives + counts.FalsePositives;
            return other.F1 < best.F1 || (other.F1 == best.F1 && other.TruePositives + other.FalsePositives >= flagged);
        });
        return reproduced && isFloat && unbeaten;
    }

    [Property(Arbitrary = [typeof(FewRows)])]
    public bool PrecisionAtK_is_the_average_over_every_order_of_the_rows(LabelledScores rows)
    {
        int n = rows.Labels.Length;
        double[] found = new double[n + 1];
        int orders = 0;
        foreach (int[] order in Permutations(n))
        {
            // The sort is stable, so that tied rows stay in the order given.
            int[] ranked = [.. order.OrderByDescending(i => rows.Scores[i])];
            for (int k = 1; k <= n; k++)
                found[k] += ranked.Take(k).Count(i => rows.Labels[i]);
            orders++;
        }

        int anomalies = rows.Labels.Count(label => label);
        return Enumerable.Range(1, n).All(k =>
            Close.To(found[k] / orders / k, DetectionMetrics.PrecisionAtK(rows.Labels, rows.Scores, k))
            && Close.To(found[k] / orders / anomalies, DetectionMetrics.RecallAtK(rows.Labels, rows.Scores, k)));
    }

    [Property]
    public bool RecallAtFalsePositiveRate_is_the_best_point_of_the_curve_even_at_its_own_rates(LabelledScores rows)
    {
        RocCurve curve = DetectionMetrics.RocCurve(rows.Labels, rows.Scores);
        double[] rates = curve.FalsePositiveRates.ToArray();
        double[] recalls = curve.TruePositiveRates.ToArray();
        return rates.All(rate =>
            recalls.Where((_, i) => rates[i] <= rate).Max() == DetectionMetrics.RecallAtFalsePositiveRate(rows.Labels, rows.Scores, rate));
    }

    [Property]
    public bool Curves_are_what_counting_at_their_thresholds_gives(LabelledScores rows)
    {
        RocCurve roc = DetectionMetrics.RocCurve(rows.Labels, rows.Scores);
        PrecisionRecallCurve curve = DetectionMetrics.PrecisionRecallCurve(rows.Labels, rows.Scores);
        for (int i = 0; i < roc.Count; i++)
        {
            ConfusionMatrix counts = AtOrAbove(rows, roc.Thresholds.Span[i]);
            if (counts.FalsePositiveRate != roc.FalsePositiveRates.Span[i] || counts.Recall != roc.TruePositiveRates.Span[i])
                return false;
        }

        for (int i = 0; i < curve.Count - 1; i++)
        {
            ConfusionMatrix counts = AtOrAbove(rows, curve.Thresholds.Span[i]);
            if (counts.Precision != curve.Precisions.Span[i] || counts.Recall != curve.Recalls.Span[i])
                return false;
        }

        return curve.Precisions.Span[^1] == 1 && curve.Recalls.Span[^1] == 0;
    }

    [Property]
    public bool The_area_under_either_ROC_curve_is_RocAuc(LabelledScores rows)
    {
        double auc = DetectionMetrics.RocAuc(rows.Labels, rows.Scores);
        return Close.To(auc, Area(DetectionMetrics.RocCurve(rows.Labels, rows.Scores)))
            && Close.To(auc, Area(DetectionMetrics.RocCurve(rows.Labels, rows.Scores, dropIntermediate: true)));
    }

    [Property]
    public bool Confusion_counts_add_up(LabelledScores rows, int draw)
    {
        float threshold = rows.Scores[(int)((uint)draw % (uint)rows.Scores.Length)];
        ConfusionMatrix counts = ConfusionMatrix.AtThreshold(rows.Labels, rows.Scores, threshold);
        bool[] flags = Array.ConvertAll(rows.Scores, score => score > threshold);
        double[] fractions =
        [
            counts.Precision, counts.Recall, counts.F1, counts.NormalPrecision, counts.NormalRecall, counts.NormalF1, counts.MacroF1,
            counts.WeightedF1, counts.Accuracy, counts.BalancedAccuracy, counts.FalsePositiveRate, Math.Abs(counts.MatthewsCorrelation),
        ];
        return counts == ConfusionMatrix.FromPredictions(rows.Labels, flags)
            && counts.Total == rows.Labels.Length
            && counts.TruePositives + counts.FalseNegatives == rows.Labels.Count(label => label)
            && counts.TruePositives + counts.FalsePositives == flags.Count(flag => flag)
            && Close.To(1, counts.FalsePositiveRate + counts.NormalRecall)
            && fractions.All(fraction => fraction is >= 0 and <= 1);
    }

    private static float[] Where(LabelledScores rows, bool label) => [.. rows.Scores.Where((_, i) => rows.Labels[i] == label)];

    private static ConfusionMatrix AtOrAbove(LabelledScores rows, double threshold) =>
        ConfusionMatrix.FromPredictions(rows.Labels, Array.ConvertAll(rows.Scores, score => score >= threshold));

    private static double Area(RocCurve curve)
    {
        double[] x = curve.FalsePositiveRates.ToArray();
        double[] y = curve.TruePositiveRates.ToArray();
        return Enumerable.Range(1, x.Length - 1).Sum(i => (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2);
    }

    private static IEnumerable<int[]> Permutations(int n) => n == 0
        ? [[]]
        : Permutations(n - 1).SelectMany(
            shorter => Enumerable.Range(0, n).Select(at => (int[])[.. shorter[..at], n - 1, .. shorter[at..]]));
}
