namespace AnomalyKit.IsolationForest;

/// <summary>
/// c(n), the average path length of an unsuccessful search in a binary search tree of n keys: the yardstick that isolation depths are measured by
/// (Liu, Ting, Zhou 2008, equation 1; B. R. Preiss, 1999).
/// </summary>
/// <remarks>
/// c(n) = 2·(H(n) − 1) with exact harmonic numbers: 0, 1, 5/3, … from n = 1. The logarithm plus Euler's constant, as it is often written, errs by
/// −85 % at n = 2 and by −28 % at n = 3, where most leaves are. Sums, not logarithms, so that every machine gets the same bits.
/// </remarks>
internal sealed class AveragePathLength
{
    private const int TableSize = 1 << 12;

    private readonly double[] _harmonic;

    /// <param name="maximum">The largest n that will be asked for often.</param>
    public AveragePathLength(int maximum)
    {
        _harmonic = new double[Math.Clamp(maximum + 1, 2, TableSize)];
        for (int n = 1; n < _harmonic.Length; n++)
            _harmonic[n] = _harmonic[n - 1] + (1.0 / n);
    }

    /// <summary>c(n) for n ≥ 1. Beyond the table it takes n steps, which the rows of a tree can only pay for once.</summary>
    public double Of(int n)
    {
        if (n < _harmonic.Length)
            return 2 * (_harmonic[n] - 1);
        double harmonic = _harmonic[^1];
        for (int i = _harmonic.Length; i <= n; i++)
            harmonic += 1.0 / i;
        return 2 * (harmonic - 1);
    }
}
