using AnomalyKit.Monitoring.Reference;

namespace AnomalyKit.Monitoring.Martingales;

/// <summary>How much a bet may earn on average, at most, against a fixed reference sample.</summary>
/// <remarks>
/// <para>
/// Let a bet pay h(g) to a value that falls into gap g of a sample of n independent values of one distribution, and let later values come from that distribution. Given the sample, a bet earns
/// c = Σ w(g)·h(g) on average, where w(g) is the probability of gap g. Once ties are broken at random these spacings have a Dirichlet distribution with all parameters 1, whatever the distribution of the values:
/// w(g) = E(g) / ΣE with independent exponential E (S. S. Wilks, <i>Mathematical Statistics</i>, 1962, section 8.7). So c exceeds t exactly if ΣE(g)(h(g) − t) > 0, and by Chernoff's bound, for every λ ≥ 0,
/// P(c > t) ≤ Π 1 / (1 − λ(h(g) − t)). With μ = λ / (1 + λt) that is at most δ as soon as t ≥ (1 − exp((ln δ + Σ ln(1 − μh(g))) / (n + 1))) / μ. Each μ between 0 and 1 / max h gives a valid t; the least found is taken.
/// </para>
/// <para>
/// Ties. A tied value is paid the mean of h over the gaps on both sides of its copies. That is the conditional expectation, given the values, of what it is paid where copies are put in random order; as
/// exp(λΣE(h − t)) is convex in what is paid, Jensen's inequality leaves the bound as it is. Bins of gaps between fixed ranks pay the mean of h: again an h.
/// </para>
/// </remarks>
internal static class SpacingBound
{
    /// <summary>The least mean payment that is exceeded with at most a given probability over the draw of the sample.</summary>
    /// <param name="cells">The reference sample.</param>
    /// <param name="payments">What each bin pays, at least 0.</param>
    /// <param name="probability">δ, above 0 and below 1.</param>
    public static double Of(ReferenceCells cells, ReadOnlySpan<double> payments, double probability)
    {
        double greatest = 0;
        var gaps = new double[payments.Length];
        for (int bin = 0; bin < gaps.Length; bin++)
        {
            var (from, to) = cells.Bin(bin);
            gaps[bin] = to - from;
            greatest = Math.Max(greatest, payments[bin]);
        }

        double count = cells.Summary.Count + 1;
        double logDelta = Math.Log(probability);
        double best = greatest;
        double bestAt = 0.5;
        // μ · max h on a grid of logarithms, refined around the best.
        for (double step = 1, low = -20, high = -1e-6; step > 1e-4; step /= 8)
        {
            for (double log = low; log <= high; log += step)
            {
                double bound = At(Math.Exp(log) / greatest, payments, gaps, count, logDelta);
                if (bound < best)
                    (best, bestAt) = (bound, log);
            }

            (low, high) = (bestAt - step, Math.Min(bestAt + step, -1e-6));
        }

        // Rounding of the sums above, generously.
        return best * (1 + 1e-9);
    }

    private static double At(double mu, ReadOnlySpan<double> payments, double[] gaps, double count, double logDelta)
    {
        double sum = logDelta;
        for (int bin = 0; bin < gaps.Length; bin++)
            sum += gaps[bin] * Math.Log(1 - (mu * payments[bin]));
        return (1 - Math.Exp(sum / count)) / mu;
    }
}
