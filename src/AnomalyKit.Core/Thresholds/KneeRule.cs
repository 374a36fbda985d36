namespace AnomalyKit;

internal sealed record KneeRule : ThresholdRule
{
    public override bool NeedsScores => true;

    public override string ToString() => "knee";

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
}
