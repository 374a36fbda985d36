using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record ContaminationRule : ThresholdRule
{
    private readonly double _share;

    public ContaminationRule(double share)
    {
        if (!(share >= 0 && share <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The expected share of anomalies lies between 0 and 0.5.");
        _share = share;
    }

    public override bool NeedsScores => true;

    public override string ToString() => FormattableString.Invariant($"contamination {_share}");

    protected override double ResolveFrom(Span<float> scores)
    {
        // The relative nudge makes 492 of (492 / n) · n, which may round to just below it.
        int flagged = (int)Math.Min(scores.Length - 1, Math.Floor(_share * scores.Length * (1 + 1e-12)));
        return OrderStatistics.Select(scores, scores.Length - 1 - flagged);
    }
}
