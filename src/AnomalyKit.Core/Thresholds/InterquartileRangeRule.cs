using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record InterquartileRangeRule : ThresholdRule
{
    private readonly double _ranges;

    public InterquartileRangeRule(double ranges)
    {
        if (!(ranges > 0) || !double.IsFinite(ranges))
            throw new ArgumentOutOfRangeException(nameof(ranges), ranges, "The number of interquartile ranges is a finite number above 0.");
        _ranges = ranges;
    }

    public override bool NeedsScores => true;

    public override bool AcceptsWeights => true;

    public override string ToString() => FormattableString.Invariant($"{_ranges} interquartile ranges");

    public override string? ToText() => FormattableString.Invariant($"iqr:{_ranges}");

    protected override double ResolveFrom(Span<float> scores)
    {
        double lower = OrderStatistics.Quantile(scores, 0.25);
        double upper = OrderStatistics.Quantile(scores, 0.75);
        // Where both are the same infinity their difference would be NaN.
        return lower == upper ? upper : upper + (_ranges * (upper - lower));
    }

    protected override double ResolveFrom(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights)
    {
        var scores = new WeightedScores(sorted, weights);
        double lower = scores.Quantile(0.25);
        double upper = scores.Quantile(0.75);
        return lower == upper ? upper : upper + (_ranges * (upper - lower));
    }
}
