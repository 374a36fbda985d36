using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>What the estimator is told; see <see cref="EllipticEnvelopeTrainer"/> for what it means.</summary>
internal sealed record McdOptions
{
    public double? SupportFraction { get; init; }

    public int? RandomStarts { get; init; }

    public bool DeterministicStarts { get; init; } = true;

    public int MaximumSteps { get; init; } = EllipticEnvelopeTrainer.DefaultMaximumSteps;

    public bool Reweighted { get; init; }

    public ulong Seed { get; init; }

    public VectorWidth Kernel { get; init; }
}
