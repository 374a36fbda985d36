namespace AnomalyKit;

/// <summary>Mean and variance of numbers that come one after the other (B. P. Welford, Technometrics 4, 1962).</summary>
internal sealed class RunningMoments
{
    private double _squares;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    /// <summary>The population standard deviation.</summary>
    public double Deviation => Count == 0 ? double.NaN : Math.Sqrt(_squares / Count);

    public void Add(double value)
    {
        Count++;
        double before = value - Mean;
        Mean += before / Count;
        _squares += before * (value - Mean);
    }
}
