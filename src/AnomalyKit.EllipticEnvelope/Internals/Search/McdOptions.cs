using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>The options of the estimator. They mean what the trainer's options of the same names mean.</summary>
internal sealed record McdOptions
{
    public const int DefaultMaxSteps = 100;

    public double? SupportFraction { get; init; }

    public int? RandomStarts { get; init; }

    public bool DeterministicStarts { get; init; } = true;

    public int MaxSteps { get; init; } = DefaultMaxSteps;

    public bool Reweighted { get; init; }

    public ulong Seed { get; init; }

    public VectorWidth Kernel { get; init; }
}
