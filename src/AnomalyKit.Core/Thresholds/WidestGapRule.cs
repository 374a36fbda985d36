namespace AnomalyKit;

internal sealed record WidestGapRule : ThresholdRule
{
    /// <summary>However large the factor, a quarter of the rows stays below: what distances are measured from.</summary>
    private const double MostShare = 0.75;

    private readonly ContaminationRule _expected;
    private readonly double _share;
    private readonly double _factor;

    public WidestGapRule(double share, double factor)
    {
        if (!(share > 0 && share <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The expected share of anomalies lies above 0 and is at most 0.5.");
        if (!(factor >= 1 && double.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor that the share may be off by is at least 1.");
        _expected = new ContaminationRule(share);
        _share = share;
        _factor = factor;
    }

    public override bool NeedsScores => true;

    public override string ToString() => FormattableString.Invariant($"widest gap near {_share}, within a factor of {_factor}");

    protected override double ResolveFrom(Span<float> scores)
    {
        scores.Sort();
        int last = scores.Length - 1;
        // The relative nudges: 7 of (7 / n) · n rows, on whichever side that is rounded to.
        double expected = _share * scores.Length;
        int least = (int)Math.Max(1, Math.Ceiling(expected / _factor * (1 - 1e-12)));
        int most = (int)Math.Min(Math.Min(last, MostShare * scores.Length), Math.Floor(expected * _factor * (1 + 1e-12)));

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
}
