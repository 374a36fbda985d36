namespace AnomalyKit.Monitoring.Statistics;

/// <summary>The two-sample test of A. N. Kolmogorov and N. V. Smirnov.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>The most cells of the lattice that paths are counted on: beyond, the limit is taken, and nothing can overflow.</summary>
    private const long MaxCells = 1_000_000;

    /// <summary>The natural logarithm of p for samples without error: exact where n · m is at most 10⁶, else the limit.</summary>
    /// <param name="steps">Both samples.</param>
    public static double LogPValue(TwoSteps steps)
    {
        if (steps.CountA <= MaxCells && steps.CountB <= MaxCells && steps.CountA * steps.CountB <= MaxCells)
        {
            double exact = LatticePaths.ProbabilityOutside((int)steps.CountA, (int)steps.CountB, steps.MaxDifference);
            // Below 10⁻³⁰⁰ only the limit has digits left.
            if (exact > 1e-300)
                return Math.Log(exact);
        }

        return LogLimit(steps.CountA, steps.CountB, steps.Distance);
    }

    /// <summary>The natural logarithm of the limiting p of a distance, ln 2 Σ (−1)^(k−1) exp(−2 k² λ²).</summary>
    public static double LogLimit(double n, double m, double distance)
    {
        double lambda = Math.Sqrt(n / (n + m) * m) * distance;
        if (lambda < 1.18)
            return Math.Log(SmallLambda(lambda));
        // In logarithms, so that far tails are small numbers and not 0.
        double first = -2 * lambda * lambda;
        double rest = 1 - Math.Exp(3 * first) + Math.Exp(8 * first) - Math.Exp(15 * first);
        return Math.Min(0, Math.Log(2) + first + Math.Log(rest));
    }

    /// <summary>The same by Jacobi's theta identity, which converges where the other series does not.</summary>
    private static double SmallLambda(double lambda)
    {
        if (lambda < 0.04)
            return 1;
        double exponent = Math.PI * Math.PI / (8 * lambda * lambda);
        double sum = 0;
        for (int k = 1; k <= 7; k += 2)
            sum += Math.Exp(-k * k * exponent);
        return Math.Clamp(1 - (Math.Sqrt(2 * Math.PI) / lambda * sum), 0, 1);
    }
}
