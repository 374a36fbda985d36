using MathNet.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>The chi-squared distribution: probabilities by Math.NET's incomplete gamma functions, quantiles by bisection.</summary>
/// <remarks>Degrees are columns here, at most 2¹⁴. Quantiles decide scores (through the consistency factor), so they are exact to the last digits; Math.NET's are to about 10⁻⁸.</remarks>
internal static class ChiSquared
{
    /// <summary>P(X ≤ x).</summary>
    public static double Cumulative(double x, double degrees) => SpecialFunctions.GammaLowerRegularized(degrees / 2, x / 2);

    /// <summary>P(X > x), exact to relative precision far out in the tail.</summary>
    public static double UpperTail(double x, double degrees) => SpecialFunctions.GammaUpperRegularized(degrees / 2, x / 2);

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
}
