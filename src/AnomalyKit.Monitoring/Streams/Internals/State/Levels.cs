namespace AnomalyKit.Monitoring.State;

/// <summary>How a false-detection probability is divided between an unlucky reference sample and an unlucky stream.</summary>
internal static class Levels
{
    /// <summary>The part for the reference sample, δ.</summary>
    public static double ReferenceShare(double probability) => probability / 4;

    /// <summary>What the logarithm of the capital must reach: that of 1 / (α − δ).</summary>
    public static double LogLimit(double probability) => -Math.Log(probability - ReferenceShare(probability));

    public static void ThrowIfNoProbability(double falseDetectionProbability)
    {
        if (!(falseDetectionProbability is > 1e-12 and < 1))
            throw new ArgumentOutOfRangeException(nameof(falseDetectionProbability), falseDetectionProbability, "The probability of a false detection must be above 1e-12 and below 1.");
    }
}
