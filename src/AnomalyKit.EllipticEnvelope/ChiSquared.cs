namespace AnomalyKit.EllipticEnvelope;

/// <summary>The chi-squared distribution: probabilities by the incomplete gamma function (series and continued fraction), quantiles by bisection.</summary>
internal static class ChiSquared
{
    private const double Precision = 1e-15;

    /// <summary>P(X ≤ x).</summary>
    public static double Cumulative(double x, double degrees) => x <= 0 ? 0 : x == double.PositiveInfinity ? 1 : Gamma(degrees / 2, x / 2, upper: false);

    /// <summary>P(X > x), exact to relative precision far out in the tail.</summary>
    public static double UpperTail(double x, double degrees) => x <= 0 ? 1 : x == double.PositiveInfinity ? 0 : Gamma(degrees / 2, x / 2, upper: true);

    /// <summary>The x with P(X ≤ x) = probability.</summary>
    public static double Quantile(double probability, double degrees)
    {
        if (probability <= 0)
            return 0;
        if (probability >= 1)
            return double.PositiveInfinity;
        double low = 0;
        double high = degrees + 10;
        while (Cumulative(high, degrees) < probability && high < 1e300)
            high *= 2;
        for (int i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            double middle = low + ((high - low) / 2);
            if (Cumulative(middle, degrees) < probability)
                low = middle;
            else
                high = middle;
        }

        return low + ((high - low) / 2);
    }

    /// <summary>ln Γ(x) for x > 0 (Stirling's series behind a shift).</summary>
    public static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 12; x++)
            shift -= Math.Log(x);
        double inverse = 1 / x;
        double square = inverse * inverse;
        double series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square * (1.0 / 1188)))))))));
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series;
    }

    private static double Gamma(double a, double x, bool upper)
    {
        double scale = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a;
            double sum = term;
            for (double k = a + 1; term > sum * Precision; k++)
            {
                term *= x / k;
                sum += term;
            }

            return upper ? 1 - (scale * sum) : scale * sum;
        }

        // Lentz's method for the continued fraction of the upper function.
        const double Tiny = 1e-300;
        double b = x + 1 - a;
        double c = 1 / Tiny;
        double d = 1 / b;
        double fraction = d;
        for (int i = 1; i < 100_000; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = (an * d) + b;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = b + (an / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            double change = d * c;
            fraction *= change;
            if (Math.Abs(change - 1) < Precision)
                break;
        }

        return upper ? scale * fraction : 1 - (scale * fraction);
    }
}
