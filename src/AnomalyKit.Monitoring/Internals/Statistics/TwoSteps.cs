namespace AnomalyKit.Monitoring.Statistics;

/// <summary>Two empirical distribution functions, walked together: their greatest and their integrated difference. Both are looked at after all equal values.</summary>
internal sealed class TwoSteps
{
    public TwoSteps(QuantileSketch a, QuantileSketch b)
        : this(a.KeptValues.Span, a.CumulativeCounts.Span, b.KeptValues.Span, b.CumulativeCounts.Span)
    {
    }

    /// <param name="a">Ascending values.</param>
    /// <param name="upToA">How many values each and all before it stand for.</param>
    /// <param name="b">As a.</param>
    /// <param name="upToB">As those of a.</param>
    public TwoSteps(ReadOnlySpan<double> a, ReadOnlySpan<long> upToA, ReadOnlySpan<double> b, ReadOnlySpan<long> upToB)
    {
        (CountA, CountB) = (upToA[^1], upToB[^1]);
        long belowA = 0;
        long belowB = 0;
        double most = 0;
        double area = 0;
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            double value = i == a.Length ? b[j] : j == b.Length ? a[i] : Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] == value)
                belowA = upToA[i++];
            while (j < b.Length && b[j] == value)
                belowB = upToB[j++];
            double difference = Math.Abs(((double)belowA / CountA) - ((double)belowB / CountB));
            most = Math.Max(most, difference);
            if ((double)CountA * CountB < 1L << 62)
                MaxDifference = Math.Max(MaxDifference, Math.Abs((belowA * CountB) - (belowB * CountA)));
            double next = i == a.Length ? (j == b.Length ? value : b[j]) : j == b.Length ? a[i] : Math.Min(a[i], b[j]);
            if (difference > 0)
                area += difference * Math.Min(next - value, double.MaxValue);
        }

        Distance = most;
        Area = Math.Min(area, double.MaxValue);
    }

    public long CountA { get; }

    public long CountB { get; }

    /// <summary>The greatest difference, from 0 to 1.</summary>
    public double Distance { get; }

    /// <summary>The greatest difference in whole numbers: times both counts. 0 where these are too large.</summary>
    public long MaxDifference { get; }

    /// <summary>The area between the functions: Wasserstein's distance of order 1.</summary>
    public double Area { get; }
}
