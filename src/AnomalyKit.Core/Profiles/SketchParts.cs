namespace AnomalyKit.Profiles;

/// <summary>A sketch taken apart, as a file holds it.</summary>
internal sealed class SketchParts(
    int capacity, ulong seed, long thinnings, double variance, double certainError, double minimum, double maximum, int[] sizes, double[] values)
{
    public int Capacity => capacity;

    public ulong Seed => seed;

    public long Thinnings => thinnings;

    public double Variance => variance;

    public double CertainError => certainError;

    public double Minimum { get; set; } = minimum;

    public double Maximum { get; set; } = maximum;

    /// <summary>How many values each level holds, from the lightest.</summary>
    public int[] Sizes => sizes;

    /// <summary>The values of the levels, one after the other, and then the batch.</summary>
    public double[] Values => values;
}
