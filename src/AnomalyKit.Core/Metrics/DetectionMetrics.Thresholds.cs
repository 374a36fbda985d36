namespace AnomalyKit;

/// <content>Metrics at a threshold chosen from the scores.</content>
public static partial class DetectionMetrics
{
    /// <summary>The best recall that a threshold reaches with no more than the given fraction of false alarms.</summary>
    /// <param name="labels">One label per row; both classes must occur.</param>
    /// <param name="scores">One score per row, not NaN.</param>
    /// <param name="maxFalsePositiveRate">The fraction of normal rows that may be flagged, from 0 to 1.</param>
    /// <returns>
    /// From 0 to 1: the highest true positive rate among the points of
    /// <see cref="RocCurve(ReadOnlySpan{bool}, ReadOnlySpan{float}, bool)"/> whose false positive rate is at most
    /// <paramref name="maxFalsePositiveRate"/>. No interpolation: a threshold flags all rows of a score or none, so 0 where the highest
    /// score already holds too many normal rows.
    /// </returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, a score is NaN, or a class is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFalsePositiveRate"/> is NaN or outside [0, 1].</exception>
    public static double RecallAtFalsePositiveRate(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, double maxFalsePositiveRate)
    {
        MetricInputs.CheckRate(maxFalsePositiveRate, nameof(maxFalsePositiveRate));
        ScoreRanking ranking = ScoreRanking.Create(labels, scores);
        MetricInputs.NeedBothClasses(ranking, "Recall at a false positive rate", nameof(labels));

        int found = 0;
        foreach (ScoreGroup group in ranking)
        {
            // The rate itself is compared, as the ROC curve and ConfusionMatrix compute it, so that a rate read there may be passed here.
            if ((double)group.NormalsFlagged / ranking.Normals > maxFalsePositiveRate)
                break;
            found = group.AnomaliesFlagged;
        }

        return (double)found / ranking.Anomalies;
    }

    /// <summary>The threshold of the highest F1, with what it reaches.</summary>
    /// <param name="labels">One label per row; at least one anomaly.</param>
    /// <param name="scores">One score per row, not NaN.</param>
    /// <returns>
    /// The optimum over all thresholds. Where several reach the same F1, the highest threshold: the fewest alarms. F1, precision and recall
    /// are 0 only where no threshold flags an anomaly, because all anomalies score −∞.
    /// </returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, a score is NaN, or there is no anomaly.</exception>
    /// <remarks>
    /// <para>
    /// The threshold is chosen on the labels it is measured on, hence optimistic: it is an upper bound for these rows, not an estimate for
    /// new ones. To estimate, choose on one set and measure with <see cref="ConfusionMatrix.AtThreshold"/> on another.
    /// </para>
    /// <para>
    /// It lies midway between the lowest flagged score and the next lower one, so that noise in either is borne alike (just below the
    /// lowest score where all rows are flagged), and is a float32 number: comparing in single or in double precision flags the same rows.
    /// </para>
    /// </remarks>
    public static F1Optimum BestF1(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        ScoreRanking ranking = ScoreRanking.Create(labels, scores);
        MetricInputs.NeedAnomalies(ranking, "The best F1", nameof(labels));

        // Start from flagging nothing: F1 = 0, lowest flagged score beyond all others.
        ScoreGroup best = default;
        float lowestFlagged = float.PositiveInfinity;
        float nextLower = float.NegativeInfinity;
        bool nextIsUnknown = true;
        foreach (ScoreGroup group in ranking)
        {
            if (nextIsUnknown)
            {
                nextLower = group.Score;
                nextIsUnknown = false;
            }

            // No threshold is below −∞, so score > threshold never flags these rows.
            if (group.Score != float.NegativeInfinity && HasHigherF1(group, best, ranking.Anomalies))
            {
                best = group;
                lowestFlagged = group.Score;
                nextIsUnknown = true;
            }
        }

        float threshold = nextIsUnknown ? float.BitDecrement(lowestFlagged) : Between(nextLower, lowestFlagged);
        var counts = new ConfusionMatrix(
            trueNegatives: ranking.Normals - best.NormalsFlagged,
            falsePositives: best.NormalsFlagged,
            falseNegatives: ranking.Anomalies - best.AnomaliesFlagged,
            truePositives: best.AnomaliesFlagged);
        return new F1Optimum(counts.F1, counts.Precision, counts.Recall, threshold);
    }

    /// <summary>Compares F1 = 2·TP / (flagged + anomalies) without rounding: each product is below 2⁶³.</summary>
    private static bool HasHigherF1(ScoreGroup group, ScoreGroup best, int anomalies) =>
        group.AnomaliesFlagged * ((long)best.RowsFlagged + anomalies) > best.AnomaliesFlagged * ((long)group.RowsFlagged + anomalies);

    /// <summary>A float from <paramref name="lower"/> up to, but not, <paramref name="upper"/>: the middle where there is one.</summary>
    private static float Between(float lower, float upper)
    {
        float middle = (float)(((double)lower + upper) / 2);

        // Neighbouring floats and infinities have no middle; the lower one separates just as well.
        return middle >= lower && middle < upper ? middle : lower;
    }
}
