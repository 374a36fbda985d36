namespace AnomalyKit.EllipticEnvelope;

/// <summary>Keeps a concentrated covariance invertible: (1 − ρ) S + ρ I in units of the covariance of all rows, with the least ρ that does.</summary>
/// <remarks>
/// The regularised MCD of K. Boudt, P. J. Rousseeuw, S. Vanduffel, T. Verdonck (<i>The minimum regularized covariance determinant estimator</i>, Statistics and
/// Computing 30, 2020), with the covariance of all rows as its target, which keeps the estimate affine equivariant, and ρ at zero unless the subset lies on
/// a hyperplane.
/// </remarks>
internal static class Regularisation
{
    /// <summary>The largest condition number of a concentrated covariance in units of that of all rows. Beyond it the fit counts as exact.</summary>
    public const double LargestCondition = 1e10;

    /// <summary>The least ρ for which the condition number of (1 − ρ) S + ρ I is at most a bound, given the eigenvalues of S, largest first.</summary>
    public static double ShareOf(ReadOnlySpan<double> eigenvalues, double condition)
    {
        double largest = eigenvalues[0];
        double least = Math.Max(0, eigenvalues[^1]);
        if (!(largest > 1 / condition))
            return 1 / condition;
        double excess = largest - (condition * least);
        return excess <= 0 ? 0 : excess / (excess + condition - 1);
    }
}
