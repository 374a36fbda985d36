namespace AnomalyKit;

/// <content>Curves over all thresholds.</content>
public static partial class DetectionMetrics
{
    /// <summary>The receiver operating characteristic: false and true positive rates at every threshold.</summary>
    /// <param name="labels">One label per row; both classes must occur.</param>
    /// <param name="scores">One score per row, not NaN.</param>
    /// <param name="dropIntermediate">
    /// <see langword="true"/> leaves out points on a straight line between their neighbors, as scikit-learn's <c>drop_intermediate</c>
    /// does (whose default is true): the same curve of fewer points. A point is left out where the next distinct score has just as many
    /// anomalies and normal rows as its own; the points of the highest and of the lowest score always stay. While computing, memory for all
    /// points is needed: 24 bytes a distinct score.
    /// </param>
    /// <returns>
    /// The curve from (0, 0) to (1, 1): the origin, then one point a distinct score. Equals scikit-learn's <c>roc_curve</c>, but for the
    /// threshold of the origin: +∞ (scikit-learn before 1.3: the highest score + 1).
    /// </returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, a score is NaN, or a class is missing.</exception>
    public static RocCurve RocCurve(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, bool dropIntermediate = false)
    {
        ScoreRanking ranking = ScoreRanking.Create(labels, scores);
        MetricInputs.NeedBothClasses(ranking, "The ROC curve", nameof(labels));

        int points = ranking.CountGroups() + 1;
        double[] falsePositiveRates = new double[points];
        double[] truePositiveRates = new double[points];
        double[] thresholds = new double[points];
        thresholds[0] = double.PositiveInfinity;

        int last = 0;
        ScoreGroup previous = default;
        foreach (ScoreGroup group in ranking)
        {
            // A point between two equal steps lies on the line through its neighbours: the next one takes its place.
            bool previousIsBetween = last > 1 && group.Anomalies == previous.Anomalies && group.Normals == previous.Normals;
            if (!dropIntermediate || !previousIsBetween)
                last++;

            falsePositiveRates[last] = (double)group.NormalsFlagged / ranking.Normals;
            truePositiveRates[last] = (double)group.AnomaliesFlagged / ranking.Anomalies;
            thresholds[last] = group.Score;
            previous = group;
        }

        if (last + 1 < points)
        {
            // Copied, not sliced: points are dropped to save their memory.
            Array.Resize(ref falsePositiveRates, last + 1);
            Array.Resize(ref truePositiveRates, last + 1);
            Array.Resize(ref thresholds, last + 1);
        }

        return new RocCurve(falsePositiveRates, truePositiveRates, thresholds);
    }

    /// <summary>Precision and recall at every threshold.</summary>
    /// <param name="labels">One label per row; at least one anomaly.</param>
    /// <param name="scores">One score per row, not NaN.</param>
    /// <returns>
    /// One point a distinct score, by rising threshold, and a last point of recall 0 and precision 1 that has no threshold. Equals
    /// scikit-learn's <c>precision_recall_curve</c>.
    /// </returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, a score is NaN, or there is no anomaly.</exception>
    public static PrecisionRecallCurve PrecisionRecallCurve(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        ScoreRanking ranking = ScoreRanking.Create(labels, scores);
        MetricInputs.NeedAnomalies(ranking, "The precision-recall curve", nameof(labels));

        int next = ranking.CountGroups();
        double[] precisions = new double[next + 1];
        double[] recalls = new double[next + 1];
        double[] thresholds = new double[next];
        precisions[next] = 1;
        foreach (ScoreGroup group in ranking)
        {
            next--;
            precisions[next] = (double)group.AnomaliesFlagged / group.RowsFlagged;
            recalls[next] = (double)group.AnomaliesFlagged / ranking.Anomalies;
            thresholds[next] = group.Score;
        }

        return new PrecisionRecallCurve(precisions, recalls, thresholds);
    }
}
