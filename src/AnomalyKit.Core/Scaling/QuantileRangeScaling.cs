namespace AnomalyKit;

/// <summary>The range between two quantiles of one's choice to 1. Where they coincide the scale is the whole range.</summary>
internal sealed record QuantileRangeScaling : RobustScaling
{
    public QuantileRangeScaling(double tail)
    {
        if (!(tail > 0 && tail < 0.5))
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "The fraction of rows beyond each quantile must be above 0 and below 0.5.");
        Tail = tail;
    }

    protected override double Tail { get; }

    public override string ToString() => FormattableString.Invariant($"range between the quantiles {Tail} and {1 - Tail}");

    public override string? ToText() => FormattableString.Invariant($"quantile-range:{Tail}");

    protected override double ScaleOfTied(float least, float greatest) => (double)greatest - least;
}
