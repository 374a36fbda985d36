namespace AnomalyKit.EllipticEnvelope;

/// <summary>The factors that make covariances of trimmed subsets estimate the covariance of normal data.</summary>
internal static class Consistency
{
    /// <summary>For the covariance of the central part of a normal distribution.</summary>
    /// <remarks>C. Croux, G. Haesbroeck, Journal of Multivariate Analysis 71, 1999: α / P(χ²(p + 2) ≤ χ²(p) quantile of α).</remarks>
    public static double Factor(double share, int dimensions) => share >= 1 || dimensions == 0
        ? 1
        : share / ChiSquared.Cumulative(ChiSquared.Quantile(share, dimensions), dimensions + 2);

    /// <summary>For small samples: the determinant's bias under normality, fitted to simulations.</summary>
    /// <remarks>G. Pison, S. Van Aelst, G. Willems, <i>Small sample corrections for LTS and MCD</i>, Metrika 55, 2002.</remarks>
    public static double SmallSample(double share, int rows, int dimensions)
    {
        if (share >= 1 || dimensions == 0)
            return 1;
        double half = Fitted(dimensions, rows, [0.262024211897096, 0.604756680630497], [0.673292623522027, 0.691365864961895],
            [-1.42764571687802, 1.26263336932151, 2, -1.06141115981725, 1.28907991440387, 3]);
        double most = Fitted(dimensions, rows, [-0.351584646688712, 1.01646567502486], [0.446537815635445, 1.06690782995919],
            [-0.455179464070565, 1.11192541278794, 2, -0.294241208320834, 1.09649329149811, 3]);
        double factor = share <= 0.875
            ? half + ((most - half) / 0.375 * (Math.Max(share, 0.5) - 0.5))
            : most + ((1 - most) / 0.125 * (share - 0.875));
        return factor > 0 ? 1 / factor : 1;
    }

    private static double Fitted(int p, int n, ReadOnlySpan<double> one, ReadOnlySpan<double> two, ReadOnlySpan<double> more)
    {
        if (p <= 2)
        {
            var given = p == 1 ? one : two;
            return 1 - (Math.Exp(given[0]) / Math.Pow(n, given[1]));
        }

        // Two points, at n = 2p² and n = 3p², fix the two coefficients of 1 − e^a / n^b.
        double y0 = Math.Log(-more[0] / Math.Pow(p, more[1]));
        double y1 = Math.Log(-more[3] / Math.Pow(p, more[4]));
        double x0 = Math.Log(more[2] * p * p);
        double x1 = Math.Log(more[5] * p * p);
        double slope = (y0 - y1) / (x1 - x0);
        double intercept = y0 + (slope * x0);
        return 1 - (Math.Exp(intercept) / Math.Pow(n, slope));
    }
}
