using MathNet.Numerics;

namespace AnomalyKit.Monitoring.Statistics;

/// <summary>The rank test of H. B. Mann and D. R. Whitney, with the variance corrected for ties and half a rank for continuity.</summary>
internal static class RankSum
{
    /// <param name="scores">Finite scores.</param>
    /// <param name="areHigh">Which of them are expected to be higher; some are, and some are not.</param>
    /// <returns>The area under the ROC curve, and ln p that it is no larger than a half.</returns>
    public static (double Area, double LogPValue) Test(double[] scores, bool[] areHigh)
    {
        double[] sorted = [.. scores];
        bool[] flags = [.. areHigh];
        Array.Sort(sorted, flags);
        double n = flags.Count(flag => flag);
        double m = flags.Length - n;
        double ranks = 0;
        double ties = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            double count = end - start;
            ties += (count * count * count) - count;
            for (int i = start; i < end; i++)
                ranks += flags[i] ? (start + end + 1) / 2.0 : 0;
        }

        double u = ranks - (n * (n + 1) / 2);
        double all = n + m;
        double variance = n * m / 12 * (all + 1 - (ties / (all * (all - 1))));
        if (variance <= 0)
            return (0.5, 0);
        double z = (u - (n * m / 2) - 0.5) / Math.Sqrt(variance);
        return (u / (n * m), LogUpperTail(z));
    }

    /// <summary>ln P(Z ≥ z) of the normal distribution.</summary>
    public static double LogUpperTail(double z) => z < 25
        ? Math.Log(0.5 * SpecialFunctions.Erfc(z / Math.Sqrt(2)))
        : (-z * z / 2) - Math.Log(z) - (0.5 * Math.Log(2 * Math.PI)) + Math.Log(1 - (1 / (z * z)));
}
