using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record ParetoTailRule : ThresholdRule
{
    private readonly double _risk;
    private readonly double _tailFraction;

    public ParetoTailRule(double risk, double tailFraction)
    {
        if (!(tailFraction > 0 && tailFraction <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(tailFraction), tailFraction, "The fraction of the tail must be above 0 and at most 0.5.");
        if (!(risk > 0 && risk < tailFraction))
            throw new ArgumentOutOfRangeException(nameof(risk), risk, FormattableString.Invariant($"The risk must be above 0 and below the fraction of the tail, {tailFraction}."));
        _risk = risk;
        _tailFraction = tailFraction;
    }

    public override bool NeedsScores => true;

    public override bool AcceptsWeights => true;

    public override string ToString() => FormattableString.Invariant($"Pareto tail, risk {_risk}");

    public override string? ToText() => FormattableString.Invariant($"pareto:{_risk},{_tailFraction}");

    public override string Describe(int scoreCount) => _tailFraction * scoreCount < ScoreTail.MinExcesses
        ? FormattableString.Invariant($"{this} (of {scoreCount} rows, the largest {Math.Min(ScoreTail.MinExcesses, scoreCount - 1)} are the tail, outliers among them)")
        : ToString();

    protected override double ResolveFrom(Span<float> scores)
    {
        scores.Sort();
        int count = scores.Length;
        var (bound, beyond) = ScoreTail.Of(scores, _tailFraction);
        var tail = scores[^beyond..];
        if (tail.IsEmpty || !double.IsFinite(bound) || !float.IsFinite(tail[^1]))
            return scores[^1];
        // Few scores, or ties at the bound, may leave a tail that is thinner than the risk.
        double fraction = (double)beyond / count;
        return bound + GeneralisedPareto.Fit(tail, bound).Quantile(Math.Min(_risk / fraction, 1));
    }

    protected override double ResolveFrom(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights)
    {
        var scores = new WeightedScores(sorted, weights);
        var (bound, beyond) = ScoreTail.Of(scores, _tailFraction);
        if (!(beyond > 0) || !double.IsFinite(bound) || !float.IsFinite(scores.Greatest))
            return scores.Greatest;
        return bound + GeneralisedPareto.Fit(scores, bound).Quantile(Math.Min(_risk / (beyond / scores.Total), 1));
    }
}
