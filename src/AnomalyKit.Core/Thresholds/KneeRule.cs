using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record KneeRule : ThresholdRule
{
    public override bool NeedsScores => true;

    public override bool AcceptsWeights => true;

    public override string ToString() => "knee";

    public override string? ToText() => "knee";

    protected override double ResolveFrom(Span<float> scores)
    {
        scores.Sort();
        int last = scores.Length - 1;
        double least = scores[0];
        double range = scores[last] - least;
        if (!(range > 0) || !double.IsFinite(range))
            return scores[last];
        int knee = last;
        double farthest = 0;
        for (int i = 1; i < last; i++)
        {
            // Both axes from 0 to 1: the chord climbs along the diagonal, the scores below it.
            double below = ((double)i / last) - ((scores[i] - least) / range);
            if (below > farthest)
                (knee, farthest) = (i, below);
        }

        return scores[knee];
    }

    protected override double ResolveFrom(ReadOnlySpan<float> sorted, ReadOnlySpan<double> weights)
    {
        var scores = new WeightedScores(sorted, weights);
        double last = scores.Total - 1;
        double least = scores.Least;
        double range = scores.Greatest - least;
        if (!(range > 0) || !double.IsFinite(range) || !(last > 0))
            return scores.Greatest;
        int knee = scores.Values.Length - 1;
        double farthest = 0;
        for (int i = 0; i < scores.Values.Length - 1; i++)
        {
            // The last copy of a score lies farthest below the chord.
            double below = ((scores.End(i) - 1) / last) - ((scores.Values[i] - least) / range);
            if (below > farthest)
                (knee, farthest) = (i, below);
        }

        return scores.Values[knee];
    }
}
