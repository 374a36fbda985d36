using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record ParetoTailRule : ThresholdRule
{
    private const int LeastExcesses = 10;

    private readonly double _risk;
    private readonly double _tailShare;

    public ParetoTailRule(double risk, double tailShare)
    {
        if (!(tailShare > 0 && tailShare <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(tailShare), tailShare, "The share of the tail lies above 0 and is at most 0.5.");
        if (!(risk > 0 && risk < tailShare))
            throw new ArgumentOutOfRangeException(nameof(risk), risk, FormattableString.Invariant($"The risk lies above 0 and below the share of the tail, {tailShare}."));
        _risk = risk;
        _tailShare = tailShare;
    }

    public override bool NeedsScores => true;

    public override string ToString() => FormattableString.Invariant($"Pareto tail, risk {_risk}");

    protected override double ResolveFrom(Span<float> scores)
    {
        scores.Sort();
        int count = scores.Length;
        int excesses = Math.Min(Math.Max((int)(_tailShare * count), LeastExcesses), count - 1);
        double bound = scores[count - 1 - excesses];
        var tail = scores[SortedScores.CountUpTo(scores, bound)..];
        if (tail.IsEmpty || !double.IsFinite(bound) || !float.IsFinite(tail[^1]))
            return scores[^1];
        // Few scores, or ties at the bound, may leave a tail that is thinner than the risk.
        double share = (double)tail.Length / count;
        return bound + GeneralisedPareto.Fit(tail, bound).Quantile(Math.Min(_risk / share, 1));
    }
}
