namespace AnomalyKit;

internal sealed record WidestGapRule : ThresholdRule
{
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
        double median = (scores[last / 2] / 2.0) + (scores[(last + 1) / 2] / 2.0);
        double widest = 1;
        int above = -1;
        int most = (int)Math.Min(last, Math.Ceiling(_share * scores.Length * _factor));
        for (int flagged = (int)Math.Max(1, Math.Floor(_share * scores.Length / _factor)); flagged <= most; flagged++)
        {
            double upper = scores[last + 1 - flagged] - median;
            double lower = scores[last - flagged] - median;
            double ratio = lower > 0 ? upper / lower : upper > 0 ? double.PositiveInfinity : 1;
            if (ratio > widest)
                (above, widest) = (last + 1 - flagged, ratio);
        }

        if (above < 0)
            return _expected.Resolve(scores);
        // The middle of the gap, as it is measured: both sides are as many times away.
        return double.IsFinite(widest) ? median + Math.Sqrt((scores[above] - median) * (scores[above - 1] - median)) : scores[above - 1];
    }
}
