namespace AnomalyKit.Dashboard.Live;

/// <summary>How long calls took, counted in bins that grow by a twelfth of a decade, so that a percentile is right to about 10 %.</summary>
internal sealed class LatencyCounts
{
    private const double Least = 1e-6;
    private const int PerDecade = 12;
    private const int Bins = (8 * PerDecade) + 1;

    private readonly long[] _counts = new long[Bins];

    public long Count { get; private set; }

    public void Add(double seconds)
    {
        int bin = seconds <= Least ? 0 : Math.Min(Bins - 1, (int)(PerDecade * Math.Log10(seconds / Least)) + 1);
        _counts[bin]++;
        Count++;
    }

    public void Add(LatencyCounts other)
    {
        for (int i = 0; i < Bins; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
    }

    /// <summary>Seconds that so great a part of the calls took at most; null before the first call.</summary>
    public double? Percentile(double fraction)
    {
        if (Count == 0)
            return null;
        long wanted = (long)Math.Ceiling(fraction * Count);
        long seen = 0;
        int bin = 0;
        while (bin < Bins - 1 && (seen += _counts[bin]) < wanted)
            bin++;
        return Least * Math.Pow(10, (bin - 0.5) / PerDecade);
    }
}
