namespace AnomalyKit.Numerics;

/// <summary>Whether the greatest of a few scores stands apart from the others.</summary>
internal static class GreatestScore
{
    /// <summary>The score that the greatest one exceeds with a probability, judged by the others.</summary>
    /// <param name="sorted">At least one score, ascending, none NaN.</param>
    /// <param name="probability">Above 0 and below 1.</param>
    /// <returns>At least the second greatest score, which it becomes as the probability nears 1; +∞ where there are fewer than three scores or the others are infinite.</returns>
    /// <remarks>
    /// If scores above their median fall off exponentially, the gap between the two greatest is exponential too, and independent of the mean excess of the
    /// others (B. Epstein, M. Sobel, <i>Some Theorems Relevant to Life Testing from an Exponential Distribution</i>, Annals of Mathematical Statistics 25,
    /// 1954): their ratio has an F distribution of 2 and 2r degrees of freedom, whose quantile is elementary.
    /// </remarks>
    public static double Bound(ReadOnlySpan<float> sorted, double probability)
    {
        if (sorted.Length < 3)
            return double.PositiveInfinity;
        int median = (sorted.Length - 2) / 2;
        double origin = sorted[median];
        double second = sorted[^2];
        // All others are equal from the median on, and only the greatest differs.
        if (second == origin)
            return second;
        if (!double.IsFinite(origin) || !double.IsFinite(second))
            return double.PositiveInfinity;
        double sum = second - origin;
        foreach (float score in sorted[(median + 1)..^1])
            sum += score - origin;
        // r = excesses below the greatest, which counts as the second; sum = r · their mean.
        int excesses = sorted.Length - median - 2;
        return second + (sum * (Math.Pow(probability, -1.0 / excesses) - 1));
    }

    /// <summary>The same of scores that count a number of times each.</summary>
    public static double Bound(WeightedScores scores, double probability)
    {
        double total = scores.Total;
        if (total < 3)
            return double.PositiveInfinity;
        double median = Math.Floor((total - 2) / 2);
        double origin = scores.At(median);
        double second = scores.At(total - 2);
        if (second == origin)
            return second;
        if (!double.IsFinite(origin) || !double.IsFinite(second))
            return double.PositiveInfinity;
        // The copies between the median and the greatest one, which counts as the second.
        double sum = second - origin;
        for (int i = scores.IndexAt(median + 1); i < scores.Values.Length; i++)
        {
            double first = Math.Max(scores.End(i) - scores.Weight(i), median + 1);
            double copies = Math.Min(scores.End(i), total - 1) - first;
            if (!(copies > 0))
                break;
            sum += copies * (scores.Values[i] - origin);
        }

        return second + (sum * (Math.Pow(probability, -1.0 / (total - median - 2)) - 1));
    }
}
