namespace AnomalyKit.Monitoring.Adwin;

/// <summary>Values that are remembered together.</summary>
/// <param name="Sum">Their sum.</param>
/// <param name="SquaredDeviations">The sum of their squared deviations from their mean.</param>
internal readonly record struct AdwinBucket(double Sum, double SquaredDeviations)
{
    /// <summary>Two buckets of the same number of values as one.</summary>
    public static AdwinBucket Merge(AdwinBucket first, AdwinBucket second, double size)
    {
        double difference = (first.Sum - second.Sum) / size;
        return new AdwinBucket(first.Sum + second.Sum, first.SquaredDeviations + second.SquaredDeviations + (difference * difference * size / 2));
    }
}
