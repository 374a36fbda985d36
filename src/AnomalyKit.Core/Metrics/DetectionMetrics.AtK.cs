using System.Diagnostics;

namespace AnomalyKit;

/// <content>Metrics of the k highest scores: what an analyst who looks at k rows finds.</content>
public static partial class DetectionMetrics
{
    /// <summary>The fraction of anomalies among the <paramref name="k"/> rows of the highest scores.</summary>
    /// <param name="labels">One label per row.</param>
    /// <param name="scores">One score per row, not NaN.</param>
    /// <param name="k">How many rows are looked at, from 1 to the number of rows.</param>
    /// <returns>
    /// From 0 to 1. Where rows tied at the k-th score do not all fit, the expected value over a random order of the tied rows, in closed
    /// form: the places left times the group's fraction of anomalies.
    /// </returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1 or above the number of rows.</exception>
    public static double PrecisionAtK(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, int k)
    {
        ScoreRanking ranking = ScoreRanking.Create(labels, scores);
        MetricInputs.CheckK(k, labels.Length);
        return AnomaliesAmongTop(ranking, k) / k;
    }

    /// <summary>The fraction of all anomalies that are among the <paramref name="k"/> rows of the highest scores.</summary>
    /// <param name="labels">One label per row; at least one anomaly.</param>
    /// <param name="scores">One score per row, not NaN.</param>
    /// <param name="k">How many rows are looked at, from 1 to the number of rows.</param>
    /// <returns>From 0 to 1; ties at the k-th score count as in <see cref="PrecisionAtK"/>.</returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, a score is NaN, or there is no anomaly.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1 or above the number of rows.</exception>
    public static double RecallAtK(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, int k)
    {
        ScoreRanking ranking = ScoreRanking.Create(labels, scores);
        MetricInputs.CheckK(k, labels.Length);
        MetricInputs.NeedAnomalies(ranking, "Recall at k", nameof(labels));
        return AnomaliesAmongTop(ranking, k) / ranking.Anomalies;
    }

    private static double AnomaliesAmongTop(ScoreRanking ranking, int k)
    {
        foreach (ScoreGroup group in ranking)
        {
            if (group.RowsFlagged >= k)
            {
                // Each row of the group is as likely as the next to be among the places left (the mean of a hypergeometric draw).
                long placesLeft = k - group.RowsAbove;
                return group.AnomaliesAbove + ((double)(placesLeft * group.Anomalies) / group.Rows);
            }
        }

        throw new UnreachableException("k was checked to be at most the number of ranked rows.");
    }
}
