using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record FalsePositiveRateRule : ThresholdRule
{
    private readonly double _rate;

    public FalsePositiveRateRule(double rate)
    {
        if (!(rate > 0 && rate < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The false-positive rate must be above 0 and below 1.");
        _rate = rate;
    }

    public override bool NeedsScores => true;

    protected internal override string WeightsRefusal =>
        "Its guarantee holds for exchangeable rows that each count once. It would not hold for repeated or fractional rows.";

    public override string ToString() => FormattableString.Invariant($"false-positive rate {_rate}");

    public override string? ToText() => FormattableString.Invariant($"false-positive-rate:{_rate}");

    public override string Describe(int scoreCount) => Rank(scoreCount) > scoreCount
        ? FormattableString.Invariant($"{this} (no threshold keeps it: it needs {Math.Ceiling(((1 / _rate) - 1) * (1 - 1e-12))} rows, {scoreCount} were given)")
        : ToString();

    protected override double ResolveFrom(Span<float> scores)
    {
        double rank = Rank(scores.Length);
        return rank > scores.Length ? double.PositiveInfinity : OrderStatistics.Select(scores, (int)Math.Max(rank, 1) - 1);
    }

    // The nudge keeps (1 − 0.1) · 10 at 9, which may round to just above it.
    private double Rank(int count) => Math.Ceiling((1 - _rate) * (count + 1.0) * (1 - 1e-12));
}
