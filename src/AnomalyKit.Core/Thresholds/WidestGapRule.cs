using AnomalyKit.Numerics;

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
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The expected fraction of anomalies must be above 0 and at most 0.5.");
        if (!(factor >= 1 && double.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor that the fraction may be off by is at least 1.");
        _expected = new ContaminationRule(fraction);
        _fraction = fraction;
        _factor = factor;
    }

    public override bool NeedsScores => true;

    public override bool AcceptsWeights => true;

    public override string ToString() => FormattableString.Invariant($"widest gap near {_fraction}, within a factor of {_factor}");

    public override string? ToText() => FormattableString.Invariant($"widest-gap:{_fraction},{_factor}");

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
            double ratio = Ratio(upper, lower);
            if (ratio > widest)
                (above, widest) = (last + 1 - flagged, ratio);
        }

        if (above < 0)
            return _expected.Resolve(scores);
        return Within(scores[above - 1], scores[above], middle, widest);
    }

    protected override double ResolveFrom(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights)
    {
        var scores = new WeightedScores(sorted, weights);
        double total = scores.Total;
        double expected = _fraction * total;
        double least = Math.Max(1, expected / _factor * (1 - 1e-12));
        double most = Math.Min(Math.Min(total - 1, MaxFraction * total), expected * _factor * (1 + 1e-12));
        // With whole weights, positions of whole copies.
        double below = total - Math.Max(Math.Floor(most), 0);
        double middle = (scores.At(Math.Floor((below - 1) / 2)) / 2.0) + (scores.At(Math.Floor(below / 2)) / 2.0);
        double widest = 1;
        int above = -1;
        for (int i = scores.Values.Length - 1; i > 0; i--)
        {
            double flagged = total - scores.End(i - 1);
            if (flagged > most)
                break;
            if (flagged >= least && Ratio(scores.Values[i] - middle, scores.Values[i - 1] - middle) is var ratio && ratio > widest)
                (above, widest) = (i, ratio);
        }

        return above < 0 ? _expected.Resolve(sorted, weights) : Within(scores.Values[above - 1], scores.Values[above], middle, widest);
    }

    private static double Ratio(double upper, double lower) => lower > 0 ? upper / lower : upper > 0 ? double.PositiveInfinity : 1;

    /// <summary>The middle of the gap, as it is measured: both sides are as many times away.</summary>
    private static double Within(float lower, float upper, double middle, double ratio)
    {
        if (!double.IsFinite(ratio))
            return lower;
        // Rounding must not carry it out of the gap.
        double threshold = middle + Math.Sqrt((upper - middle) * (lower - middle));
        return Math.Clamp(threshold, lower, Math.BitDecrement((double)upper));
    }

    private double Most(int count) => Math.Floor(_fraction * count * _factor * (1 + 1e-12));
}
