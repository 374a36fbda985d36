namespace AnomalyKit.Ensemble;

/// <summary>Divides an amount among columns in proportion to what they contributed to another value.</summary>
internal static class ProportionalShares
{
    /// <param name="amount">What is divided.</param>
    /// <param name="own">What each column contributed.</param>
    /// <param name="total">The sum of these contributions.</param>
    /// <param name="target">One number per column, to which the shares are added.</param>
    public static void Add(double amount, ReadOnlySpan<double> own, double total, Span<double> target)
    {
        double size = 0;
        foreach (double contribution in own)
            size += Math.Abs(contribution);
        if (amount == 0 || size == 0)
            return;

        // Where contributions for and against all but cancel, their sum is no measure: then every column gets a part of the amount by its size.
        bool cancel = Math.Abs(total) < 1e-3 * size;
        double factor = amount / (cancel ? size : total);
        for (int i = 0; i < own.Length; i++)
            target[i] += factor * (cancel ? Math.Abs(own[i]) : own[i]);
    }
}
