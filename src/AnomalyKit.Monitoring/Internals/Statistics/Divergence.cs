namespace AnomalyKit.Monitoring.Statistics;

/// <summary>How far two rows of counts are apart. Cells that both lack are left out.</summary>
internal static class Divergence
{
    /// <summary>
    /// The population stability index Σ (q − p) ln(q / p), with half a count added to every cell of both rows: finite whatever is empty, 0 for equal rows, and less than a real rare level
    /// however many rows there are.
    /// </summary>
    public static double StabilityIndex(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sumA, sumB, cells) = Sums(a, b);
        double index = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] == 0 && b[i] == 0)
                continue;
            double p = (a[i] + 0.5) / (sumA + (0.5 * cells));
            double q = (b[i] + 0.5) / (sumB + (0.5 * cells));
            index += (q - p) * Math.Log(q / p);
        }

        return Math.Max(0, index);
    }

    /// <summary>The distance of Jensen and Shannon: the root of their divergence in bits, from 0 to 1.</summary>
    public static double JensenShannon(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sumA, sumB, _) = Sums(a, b);
        if (sumA == 0 || sumB == 0)
            return 0;
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double p = a[i] / sumA;
            double q = b[i] / sumB;
            double middle = (p + q) / 2;
            sum += (p > 0 ? p * Math.Log2(p / middle) : 0) + (q > 0 ? q * Math.Log2(q / middle) : 0);
        }

        return Math.Sqrt(Math.Clamp(sum / 2, 0, 1));
    }

    private static (double SumA, double SumB, int Cells) Sums(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sumA = 0;
        double sumB = 0;
        int cells = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sumA += a[i];
            sumB += b[i];
            cells += a[i] == 0 && b[i] == 0 ? 0 : 1;
        }

        return (sumA, sumB, cells);
    }
}
