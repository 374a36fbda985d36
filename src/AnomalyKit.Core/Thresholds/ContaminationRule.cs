using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record ContaminationRule : ThresholdRule
{
    private readonly double _fraction;

    public ContaminationRule(double fraction)
    {
        if (!(fraction >= 0 && fraction <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The expected fraction of anomalies must be between 0 and 0.5.");
        _fraction = fraction;
    }

    public override bool NeedsScores => true;

    public override bool AcceptsWeights => true;

    public override string ToString() => FormattableString.Invariant($"contamination {_fraction:G6}");

    public override string? ToText() => FormattableString.Invariant($"contamination:{_fraction}");

    public override string Describe(int scoreCount) => _fraction > 0 && Flagged(scoreCount) == 0
        ? FormattableString.Invariant($"{this} (less than one of {scoreCount} rows: only the highest score can lie above, if it stands apart)")
        : ToString();

    protected override double ResolveFrom(Span<float> scores)
    {
        int flagged = (int)Math.Min(scores.Length - 1, Flagged(scores.Length));
        if (flagged > 0 || _fraction == 0)
            return OrderStatistics.Select(scores, scores.Length - 1 - flagged);
        scores.Sort();
        return Math.Min(scores[^1], GreatestScore.Bound(scores, _fraction * scores.Length));
    }

    protected override double ResolveFrom(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights)
    {
        var scores = new WeightedScores(sorted, weights);
        double total = scores.Total;
        if (_fraction > 0 && Flagged(total) < 1)
            return Math.Min(scores.Greatest, GreatestScore.Bound(scores, _fraction * total));
        // The smallest score above which no more than the fraction lies.
        double most = _fraction * total * (1 + 1e-12);
        int index = scores.Values.Length - 1;
        while (index > 0 && total - scores.End(index - 1) <= most)
            index--;
        return scores.Values[index];
    }

    // The relative nudge makes 492 of (492 / n) · n, which may round to just below it.
    private double Flagged(double count) => Math.Floor(_fraction * count * (1 + 1e-12));
}
