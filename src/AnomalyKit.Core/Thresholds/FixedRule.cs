namespace AnomalyKit;

internal sealed record FixedRule : ThresholdRule
{
    private readonly double _threshold;

    public FixedRule(double threshold)
    {
        if (double.IsNaN(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be a number.");
        _threshold = threshold;
    }

    public override bool NeedsScores => false;

    public override string ToString() => FormattableString.Invariant($"fixed {_threshold}");

    public override string? ToText() => FormattableString.Invariant($"fixed:{_threshold}");

    protected override double ResolveFrom(Span<float> scores) => _threshold;
}
