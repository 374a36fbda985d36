namespace AnomalyKit.Monitoring.Statistics;

/// <summary>The exact distribution of the two-sample distance (J. L. Hodges, <i>The significance probability of the Smirnov two-sample test</i>, 1958).</summary>
internal static class LatticePaths
{
    /// <summary>
    /// The probability that a random path from (0, 0) to (n, m) somewhere reaches |i · m − j · n| ≥ a difference. All terms are positive: a small probability keeps its digits.
    /// </summary>
    /// <param name="n">Steps one way, at least 1.</param>
    /// <param name="m">Steps the other way, at least 1; n · m below 2³¹.</param>
    /// <param name="difference">At least 0.</param>
    public static double ProbabilityOutside(int n, int m, long difference)
    {
        if (difference <= 0)
            return 1;
        // The probability that a path to (i, j) has been outside is that of its predecessors, in proportion to the paths that come from each.
        var outside = new double[m + 1];
        for (int i = 0; i <= n; i++)
        {
            for (int j = 0; j <= m; j++)
            {
                double before = i == 0 && j == 0 ? 0
                    : i == 0 ? outside[j - 1]
                    : j == 0 ? outside[j]
                    : ((i * outside[j]) + (j * outside[j - 1])) / (i + j);
                outside[j] = Math.Abs(((long)i * m) - ((long)j * n)) >= difference ? 1 : before;
            }
        }

        return outside[m];
    }
}
