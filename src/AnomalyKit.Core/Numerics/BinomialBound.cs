using MathNet.Numerics.Distributions;

namespace AnomalyKit.Numerics;

/// <summary>What a count among drawn rows says about all rows.</summary>
internal static class BinomialBound
{
    /// <summary>The upper end of the one-sided interval of Clopper and Pearson.</summary>
    /// <param name="count">How many of the drawn rows have it, from 0; fewer than were drawn.</param>
    /// <param name="drawn">How many were drawn.</param>
    /// <param name="confidence">Below 1.</param>
    public static double Upper(long count, long drawn, double confidence) => Beta.InvCDF(count + 1.0, drawn - count, confidence);
}
