using MathNet.Numerics;

namespace AnomalyKit.Numerics;

/// <summary>The regularised upper incomplete gamma function, the tail of gamma distributions, for shapes of any size.</summary>
/// <remarks>
/// By Math.NET Numerics up to a shape of 10⁵, exact to about 10⁻¹¹ relative, far out in the tail too. Its error grows with the shape (2 · 10⁻⁸ at 10⁸, 10⁻⁵ at 10¹⁰), and
/// below the mean so do its steps, by the root of the shape. Beyond 10⁵ Temme's uniform expansion stands in (N. M. Temme, <i>The Asymptotic Expansion of the Incomplete
/// Gamma Functions</i>, SIAM J. Math. Anal. 10, 1979; DLMF 8.12), exact to about 10⁻⁹ relative as far as x tells the distance from its mean.
/// </remarks>
internal static class IncompleteGamma
{
    private const double LargeShape = 1e5;

    // Below, Math.NET takes shapes for 0; the tail is a · E₁(x) to first order in a, and its error far below 10⁻⁷ relative.
    private const double SmallShape = 1e-10;

    /// <summary>Q(a, x): the probability that a gamma variate of shape a and scale 1 exceeds x.</summary>
    /// <param name="a">The shape, above 0 and finite.</param>
    /// <param name="x">Any number but NaN.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not above 0 and finite, or <paramref name="x"/> is NaN.</exception>
    public static double Upper(double a, double x)
    {
        if (!(a > 0 && double.IsFinite(a)))
            throw new ArgumentOutOfRangeException(nameof(a), a, "The shape must be finite and above 0.");
        if (double.IsNaN(x))
            throw new ArgumentOutOfRangeException(nameof(x), x, "NaN has no tail.");
        if (x <= 0)
            return 1;
        if (x == double.PositiveInfinity)
            return 0;
        // Beyond 700 the exponential integral is below e⁻⁷⁰⁰, and its continued fraction need not converge.
        if (a < SmallShape && x > 700)
            return a * Math.Exp(-x) / x;
        if (a < SmallShape)
            return Math.Min(1, a * SpecialFunctions.ExponentialIntegral(x, 1));
        return a > LargeShape ? Uniform(a, x) : Math.Clamp(SpecialFunctions.GammaUpperRegularized(a, x), 0, 1);
    }

    private static double Uniform(double a, double x)
    {
        double mu = (x - a) / a;
        double half = HalfSquare(mu);
        double eta = Math.Sign(mu) * Math.Sqrt(2 * half);
        double distance = a * half;
        double remainder = Math.Exp(-distance) / Math.Sqrt(2 * Math.PI * a) * Correction(eta, mu, a);
        // Half the complementary error function of √distance; of −√distance it is what is missing to 1.
        double far = 0.5 * SpecialFunctions.Erfc(Math.Sqrt(distance));
        return Math.Clamp((eta >= 0 ? far : 1 - far) + remainder, 0, 1);
    }

    /// <summary>η²/2 = μ − ln(1 + μ), without cancellation near 0.</summary>
    private static double HalfSquare(double mu)
    {
        if (Math.Abs(mu) > 0.1)
            return mu - Math.Log(1 + mu);
        double sum = 0;
        double power = mu;
        for (int k = 2; k < 20; k++)
        {
            power *= -mu;
            sum -= power / k;
        }

        return sum;
    }

    /// <summary>c₀(η) + c₁(η) / a, by their power series near 0.</summary>
    private static double Correction(double eta, double mu, double a)
    {
        if (Math.Abs(eta) > 0.1)
            return (1 / mu) - (1 / eta) + (((1 / (eta * eta * eta)) - (1 / (mu * mu * mu)) - (1 / (mu * mu)) - (1 / (12 * mu))) / a);
        double zeroth = (-1.0 / 3) + (eta * ((1.0 / 12) - (eta * ((2.0 / 135) - (eta * ((1.0 / 864) + (eta / 2835)))))));
        double first = (-1.0 / 540) - (eta * ((1.0 / 288) - (eta * 25 / 12096)));
        return zeroth + (first / a);
    }
}
