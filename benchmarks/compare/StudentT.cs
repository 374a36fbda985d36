namespace AnomalyKit.Compare;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    private const double Largest = 1e12;

    /// <summary>The t that |T| exceeds with the given probability.</summary>
    /// <param name="probability">Of both tails together, in (0, 1).</param>
    /// <param name="degrees">Degrees of freedom, positive, not necessarily whole.</param>
    public static double TwoSidedQuantile(double probability, double degrees)
    {
        // The tail falls with t: bisection on the exponent, to the last digits that matter.
        double low = Math.Log(1e-6);
        double high = Math.Log(Largest);
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                break;
            if (TwoSidedTail(Math.Exp(middle), degrees) > probability)
                low = middle;
            else
                high = middle;
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>P(|T| &gt; t): the regularised incomplete beta function at degrees / (degrees + t²).</summary>
    public static double TwoSidedTail(double t, double degrees)
    {
        double x = degrees / (degrees + (t * t));
        return RegularisedBeta(x, 1 - x, degrees / 2, 0.5);
    }

    /// <summary>I_x(a, b) by Lentz's evaluation of its continued fraction (DLMF 8.17.22); complement is 1 − x, given apart to keep its digits.</summary>
    private static double RegularisedBeta(double x, double complement, double a, double b)
    {
        if (x <= 0)
            return 0;
        if (complement <= 0)
            return 1;
        // The fraction converges fast below the mean; above it, take the other tail.
        if (x > (a + 1) / (a + b + 2))
            return 1 - RegularisedBeta(complement, x, b, a);
        const double Tiny = 1e-300;
        double c = 1;
        double d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        double fraction = d;
        for (int m = 1; m <= 10_000; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            fraction *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            double step = c * d;
            fraction *= step;
            if (Math.Abs(step - 1) < 1e-15)
                break;
        }

        return Math.Exp((a * Math.Log(x)) + (b * Math.Log(complement)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) * fraction / a;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    /// <summary>ln Γ(x) by recurrence up to 10 and Stirling's series from there (DLMF 5.11.1): 1e-13 relative.</summary>
    private static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 10; x++)
            shift += Math.Log(x);
        double inverse = 1 / x;
        double square = inverse * inverse;
        double series = inverse * ((1 / 12.0) - (square * ((1 / 360.0) - (square * ((1 / 1260.0) - (square / 1680.0))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
