namespace AnomalyKit;

internal sealed record WidestGapRule : ThresholdRule
{
    /// <summary>However large the factor, a quarter of the rows stays below: what distances are measured from.</summary>
    private const double MaxFraction = 0.75;

    private readonly ContaminationRule _expected;
    private readonly double _fraction;
    private readonly double _factor;

    public WidestGapRule(double fraction, double factor)
    {
        if (!(fraction > 0 && fraction <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The expected fraction of anomalies lies above 0 and is at most 0.5.");
        if (!(factor >= 1 && double.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor that the fraction may be off by is at least 1.");
        _expected = new ContaminationRule(fraction);
        _fraction = fraction;
        _factor = factor;
    }

    public override bool NeedsScores => true;

    public override string ToString() => FormattableString.Invariant($"widest gap near {_fraction}, within a factor of {_factor}");

    public override string Describe(int scoreCount) => Most(scoreCount) < 1 ? $"{this}: {_expected.Describe(scoreCount)}" : ToString();

    protected override double ResolveFrom(Span<float> scores)
    {
        scores.Sort();
        int last = scores.Length - 1;
        // The relative nudges: 7 of (7 / n) · n rows, on whichever side that is rounded to.
        double expected = _fraction * scores.Length;
        int least = (int)Math.Max(1, Math.Ceiling(expected / _factor * (1 - 1e-12)));
        int most = (int)Math.Min(Math.Min(last, MaxFraction * scores.Length), Most(scores.Length));

        // Distances are measured from the middle of the rows that stay below in any case.
        int below = scores.Length - Math.Max(most, 0);
        double middle = (scores[(below - 1) / 2] / 2.0) + (scores[below / 2] / 2.0);
        double widest = 1;
        int above = -1;
        for (int flagged = least; flagged <= most; flagged++)
        {
            double upper = scores[last + 1 - flagged] - middle;
            double lower = scores[last - flagged] - middle;
            double ratio = lower > 0 ? upper / lower : upper > 0 ? double.PositiveInfinity : 1;
            if (ratio > widest)
                (above, widest) = (last + 1 - flagged, ratio);
        }

        if (above < 0)
            return _expected.Resolve(scores);
        if (!double.IsFinite(widest))
            return scores[above - 1];
        // The middle of the gap, as it is measured: both sides are as many times away. Rounding must not carry it out of the gap.
        double threshold = middle + Math.Sqrt((scores[above] - middle) * (scores[above - 1] - middle));
        return Math.Clamp(threshold, scores[above - 1], Math.BitDecrement((double)scores[above]));
    }

    private double Most(int count) => Math.Floor(_fraction * count * _factor * (1 + 1e-12));
}
