namespace AnomalyKit;

/// <summary>How well scores separate anomalies from normal rows: the metrics of ranking and of thresholds.</summary>
/// <remarks>
/// <para>
/// Everywhere: one label and one score per row, in the same order; label <see langword="true"/> = anomaly; higher score = more anomalous.
/// Rows of equal score (−0 equals +0) are tied and their order among themselves never matters. Infinite scores are allowed and ranked; NaN
/// is refused.
/// </para>
/// <para>
/// Counts are exact integers; each ratio is rounded once, sums are taken in double in the order of falling scores. Each call sorts the
/// scores once, in time proportional to the number of rows, and needs 8 bytes of memory a row beside its result. Stateless and thread-safe.
/// </para>
/// </remarks>
public static partial class DetectionMetrics
{
    /// <summary>The area under the receiver operating characteristic: the chance that an anomaly scores higher than a normal row.</summary>
    /// <param name="labels">One label per row; both classes must occur.</param>
    /// <param name="scores">One score per row, not NaN.</param>
    /// <returns>
    /// From 0 to 1; 0.5 for scores that tell nothing, 1 where every anomaly scores above every normal row. A tied pair counts half.
    /// Equals scikit-learn's <c>roc_auc_score</c>.
    /// </returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, a score is NaN, or a class is missing.</exception>
    /// <remarks>
    /// The Mann–Whitney U statistic over the number of pairs, counted in integers. Reference: J. A. Hanley and B. J. McNeil, "The meaning
    /// and use of the area under a receiver operating characteristic (ROC) curve", Radiology 143 (1982). Where anomalies are rare,
    /// <see cref="AveragePrecision"/> says more: a small false positive rate can still drown them.
    /// </remarks>
    public static double RocAuc(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        ScoreRanking ranking = ScoreRanking.Create(labels, scores);
        MetricInputs.NeedBothClasses(ranking, "The area under the ROC curve", nameof(labels));

        // Half pairs. A span has less than 2³¹ rows, so there are less than 2⁶⁰ pairs and the sum fits a long.
        long halfPairsWon = 0;
        foreach (ScoreGroup group in ranking)
        {
            long normalsBelow = ranking.Normals - group.NormalsFlagged;
            halfPairsWon += group.Anomalies * ((2 * normalsBelow) + group.Normals);
        }

        long pairs = (long)ranking.Anomalies * ranking.Normals;
        return (double)halfPairsWon / (2 * pairs);
    }

    /// <summary>The average precision: precision at each threshold, weighted by the recall that the threshold adds.</summary>
    /// <param name="labels">One label per row; at least one anomaly.</param>
    /// <param name="scores">One score per row, not NaN.</param>
    /// <returns>
    /// Above 0, at most 1; about the fraction of anomalies for scores that tell nothing. Equals scikit-learn's
    /// <c>average_precision_score</c>: a step-wise sum Σ (Rᵢ − Rᵢ₋₁)·Pᵢ over distinct scores, with no interpolation; tied rows are one
    /// threshold.
    /// </returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, a score is NaN, or there is no anomaly.</exception>
    public static double AveragePrecision(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        ScoreRanking ranking = ScoreRanking.Create(labels, scores);
        MetricInputs.NeedAnomalies(ranking, "Average precision", nameof(labels));

        double sum = 0;
        foreach (ScoreGroup group in ranking)
            sum += group.Anomalies * ((double)group.AnomaliesFlagged / group.RowsFlagged);
        return sum / ranking.Anomalies;
    }
}
