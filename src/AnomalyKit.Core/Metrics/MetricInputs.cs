using System.Globalization;

namespace AnomalyKit;

/// <summary>What the metrics refuse, said once.</summary>
internal static class MetricInputs
{
    /// <summary>Refuses no rows and counts that differ.</summary>
    internal static void CheckCounts(int labels, int others, string labelsName, string othersName)
    {
        if (labels != others)
        {
            throw new ArgumentException(
                $"There are {labels} labels for {others} {othersName}. Give one label for each of the {othersName}, in the same order.",
                othersName);
        }

        if (labels == 0)
            throw new ArgumentException("There are no rows. A metric needs at least one labeled row.", labelsName);
    }

    /// <summary>The exception for a score that is NaN.</summary>
    internal static ArgumentException NaNScore(int row, string scoresName) => new(
        $"Score {row} is NaN, which ranks neither above nor below any other score; "
        + "every row needs a number (infinities are allowed). Find out why the detector gave it, or leave the row out.",
        scoresName);

    /// <summary>Refuses labels without a single anomaly.</summary>
    internal static void NeedAnomalies(ScoreRanking ranking, string metric, string labelsName)
    {
        if (ranking.Anomalies == 0)
        {
            throw new ArgumentException(
                $"{metric} needs at least one anomaly (true) among the labels; all {ranking.Normals} are normal. "
                + "Measure on rows that hold both.",
                labelsName);
        }
    }

    /// <summary>Refuses labels of one class only.</summary>
    internal static void NeedBothClasses(ScoreRanking ranking, string metric, string labelsName)
    {
        NeedAnomalies(ranking, metric, labelsName);
        if (ranking.Normals == 0)
        {
            throw new ArgumentException(
                $"{metric} needs at least one normal row (false) among the labels; all {ranking.Anomalies} are anomalies. "
                + "Measure on rows that hold both.",
                labelsName);
        }
    }

    /// <summary>Refuses a k that is not a number of rows.</summary>
    internal static void CheckK(int k, int rows)
    {
        if (k < 1 || k > rows)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"k is a number of rows to look at: from 1 to {rows}, the rows given.");
    }

    /// <summary>Refuses a rate that is NaN or outside [0, 1].</summary>
    internal static void CheckRate(double rate, string rateName)
    {
        if (!(rate >= 0 && rate <= 1))
        {
            throw new ArgumentOutOfRangeException(
                rateName, rate.ToString(CultureInfo.InvariantCulture), "A rate is a fraction from 0 to 1 (0.01 for one percent).");
        }
    }
}
