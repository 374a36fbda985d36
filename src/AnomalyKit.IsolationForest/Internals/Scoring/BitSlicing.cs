namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>What the bit-sliced kernels of all widths share.</summary>
internal static class BitSlicing
{
    /// <summary>Vectors a feature: [high ≥ 0] … [high ≥ 16] and [low ≥ 1] … [low ≥ 16] of the rank's two nibbles.</summary>
    public const int Thermometers = 33;
}
