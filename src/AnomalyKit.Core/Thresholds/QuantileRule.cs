using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record QuantileRule : ThresholdRule
{
    private readonly double _probability;

    public QuantileRule(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability must be between 0 and 1.");
        _probability = probability;
    }

    public override bool NeedsScores => true;

    public override bool AcceptsWeights => true;

    public override string ToString() => FormattableString.Invariant($"quantile {_probability}");

    public override string? ToText() => FormattableString.Invariant($"quantile:{_probability}");

    protected override double ResolveFrom(Span<float> scores) => OrderStatistics.Quantile(scores, _probability);

    protected override double ResolveFrom(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights) => new WeightedScores(sorted, weights).Quantile(_probability);
}
