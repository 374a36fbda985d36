using MathNet.Numerics;

namespace AnomalyKit.Monitoring.Statistics;

/// <summary>Pearson's test that two rows of counts come from one distribution (homogeneity, 2 × k, without a correction for continuity). Symmetric in the rows.</summary>
internal static class ChiSquared
{
    /// <summary>The fewest that a cell must expect for the limit to be good enough (W. G. Cochran, 1954).</summary>
    public const double LeastExpected = 5;

    /// <param name="a">Counts.</param>
    /// <param name="b">As many counts.</param>
    /// <returns>The statistic; its degrees of freedom, 0 where there is nothing to compare; ln p; and Cramér's V, corrected for its bias.</returns>
    /// <remarks>
    /// Rows of one distribution have a statistic of its degrees of freedom in the mean, which many levels make an effect of. It is taken off
    /// (W. Bergsma, <i>A bias-correction for Cramér's V and Tschuprow's T</i>, Journal of the Korean Statistical Society 42, 2013).
    /// </remarks>
    public static (double Statistic, int Degrees, double LogPValue, double Effect) Test(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sumA = Sum(a);
        double sumB = Sum(b);
        double total = sumA + sumB;
        double statistic = 0;
        int cells = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double both = a[i] + b[i];
            if (both == 0)
                continue;
            cells++;
            double expectedA = both / total * sumA;
            double expectedB = both / total * sumB;
            statistic += ((a[i] - expectedA) * (a[i] - expectedA) / expectedA) + ((b[i] - expectedB) * (b[i] - expectedB) / expectedB);
        }

        if (cells < 2 || sumA == 0 || sumB == 0)
            return (0, 0, 0, 0);
        return (statistic, cells - 1, LogTail(cells - 1, statistic), CorrectedEffect(statistic, cells - 1, total));
    }

    /// <summary>Counts the cells together of which a row expects fewer than <see cref="LeastExpected"/>.</summary>
    /// <param name="a">Counts.</param>
    /// <param name="b">As many counts.</param>
    /// <param name="rareA">Rows of the first side that are among the rare ones in any case.</param>
    /// <param name="rareB">Those of the second side.</param>
    /// <returns>The other cells, and the rare ones together.</returns>
    public static (double[] A, double[] B, double RareA, double RareB) Pool(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double rareA, double rareB)
    {
        double sumA = Sum(a) + rareA;
        double sumB = Sum(b) + rareB;
        double fraction = Math.Min(sumA, sumB) / (sumA + sumB);
        var keptA = new List<double>();
        var keptB = new List<double>();
        for (int i = 0; i < a.Length; i++)
        {
            if ((a[i] + b[i]) * fraction >= LeastExpected)
            {
                keptA.Add(a[i]);
                keptB.Add(b[i]);
            }
            else
            {
                rareA += a[i];
                rareB += b[i];
            }
        }

        return ([.. keptA], [.. keptB], rareA, rareB);
    }

    /// <summary>ln P(χ² of so many degrees of freedom ≥ a statistic).</summary>
    public static double LogTail(int degrees, double statistic)
    {
        double half = degrees / 2.0;
        double x = statistic / 2;
        if (x <= 0)
            return 0;
        // Far out the first terms of the asymptotic series, in logarithms; p itself would be 0.
        if (x > half + 300)
            return -x + ((half - 1) * Math.Log(x)) - SpecialFunctions.GammaLn(half) + Math.Log(1 + ((half - 1) / x) + ((half - 1) * (half - 2) / (x * x)));
        return Math.Log(SpecialFunctions.GammaUpperRegularized(half, x));
    }

    private static double CorrectedEffect(double statistic, int degrees, double total)
    {
        double chance = degrees / (total - 1);
        double most = Math.Min(1 - (1 / (total - 1)), degrees * (1 - chance));
        double square = (statistic / total) - chance;
        return square > 0 && most > 0 ? Math.Min(1, Math.Sqrt(square / most)) : 0;
    }

    private static double Sum(ReadOnlySpan<double> counts)
    {
        double sum = 0;
        foreach (double count in counts)
            sum += count;
        return sum;
    }
}
