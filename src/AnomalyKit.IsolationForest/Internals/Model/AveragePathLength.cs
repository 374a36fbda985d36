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
    private const int Stride = 1 << 8;

    private readonly double[] _harmonic;
    private readonly double[] _milestones;

    /// <param name="maximum">The largest n that will be asked for often.</param>
    public AveragePathLength(int maximum)
    {
        _harmonic = new double[Math.Clamp(maximum + 1, 2, TableSize)];
        for (int n = 1; n < _harmonic.Length; n++)
            _harmonic[n] = _harmonic[n - 1] + (1.0 / n);

        // H at every 256th n, so that no n up to the maximum takes more than 255 steps: a model file may ask for many large ones.
        _milestones = new double[(maximum / Stride) + 1];
        double harmonic = 0;
        for (int n = 1; n <= maximum; n++)
        {
            harmonic += 1.0 / n;
            if (n % Stride == 0)
                _milestones[n / Stride] = harmonic;
        }
    }

    /// <summary>c(n) for n ≥ 1.</summary>
    public double Of(int n)
    {
        if (n < _harmonic.Length)
            return 2 * (_harmonic[n] - 1);
        int milestone = Math.Min(n / Stride, _milestones.Length - 1);
        double harmonic = _milestones[milestone];
        for (int i = (milestone * Stride) + 1; i <= n; i++)
            harmonic += 1.0 / i;
        return 2 * (harmonic - 1);
    }
}
