namespace AnomalyKit.Monitoring.Martingales;

/// <summary>Bets between which capital moves: numbers with a common scale, which is kept as a logarithm and changed when the sum leaves a range.</summary>
internal abstract class ScaledWealth(int parts) : Wealth
{
    private const double Range = 1e100;

    private double _logScale;
    private double _scale = 1;

    public override double LogCapital => _logScale + Math.Log(Sum);

    public override double Capital => Sum * _scale;

    /// <summary>Capital of each part, to be multiplied by e to the power of the scale.</summary>
    protected double[] Parts { get; } = new double[parts];

    /// <summary>The sum of <see cref="Parts"/>.</summary>
    protected double Sum { get; private set; } = 1;

    // Mostly the sum is far too small, which a comparison tells before a logarithm is taken.
    public override bool Reaches(double logLimit) => (Capital >= 1 || logLimit < 0) && LogCapital >= logLimit;

    public override double[] Save() => [_logScale, Sum, .. Parts];

    public override bool TryLoad(ReadOnlySpan<double> saved)
    {
        if (saved.Length != Parts.Length + 2 || !double.IsFinite(saved[0]))
            return false;
        double sum = 0;
        foreach (double part in saved[2..])
        {
            if (!(part >= 0 && part <= Range))
                return false;
            sum += part;
        }

        // The sum may have been added up in another order.
        if (!(Math.Abs(sum - saved[1]) <= 1e-9 * sum))
            return false;
        _logScale = saved[0];
        _scale = Math.Exp(_logScale);
        Sum = saved[1];
        saved[2..].CopyTo(Parts);
        return true;
    }

    protected static bool IsInRange(double sum) => sum is >= 1 / Range and <= Range || sum == 0;

    protected double CapitalOf(double sum) => sum * _scale;

    /// <summary>Takes note of a new sum and keeps it within range.</summary>
    protected void Rescale(double sum)
    {
        Sum = sum;
        if (IsInRange(sum))
            return;
        _logScale += Math.Log(sum);
        _scale = Math.Exp(_logScale);
        double total = 0;
        for (int i = 0; i < Parts.Length; i++)
            total += Parts[i] /= sum;
        Sum = total;
    }
}
