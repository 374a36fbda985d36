using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record MedianAbsoluteDeviationRule : ThresholdRule
{
    private readonly double _deviations;

    public MedianAbsoluteDeviationRule(double deviations)
    {
        if (!(deviations > 0) || !double.IsFinite(deviations))
            throw new ArgumentOutOfRangeException(nameof(deviations), deviations, "The number of deviations is a finite number above 0.");
        _deviations = deviations;
    }

    public override bool NeedsScores => true;

    public override bool AcceptsWeights => true;

    public override string ToString() => FormattableString.Invariant($"{_deviations} median absolute deviations");

    public override string? ToText() => FormattableString.Invariant($"mad:{_deviations}");

    protected override double ResolveFrom(Span<float> scores)
    {
        var (median, spread) = RobustSpread.Of(scores);
        return median + (_deviations * spread);
    }

    protected override double ResolveFrom(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights)
    {
        var (median, spread) = new WeightedScores(sorted, weights).RobustSpread();
        return median + (_deviations * spread);
    }
}
