using AnomalyKit.Numerics;
using AnomalyKit.TextValues;

namespace AnomalyKit;

internal sealed record RankCalibration(TailScale Scale) : ScoreCalibration
{
    // Enough quantiles that interpolating between them errs by less than a thousandth of probability.
    private const int MaxKnots = 1024;
    private const double TailFraction = 0.01;

    public override bool GivesTailProbabilities => true;

    public override string ToString() => "rank";

    public override string? ToText() => $"rank:{TextWords.Of(Scale.ToString())}";

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        Array.Sort(scores);
        int count = scores.Length;
        var tail = ScoreTail.Of(scores, TailFraction);
        var knots = new RankKnots(count, tail.Bound);
        int last = count - 1 - tail.Beyond;
        for (int i = 0; i <= MaxKnots; i++)
        {
            double knot = scores[(int)((long)last * i / MaxKnots)];
            if (knots.IsNext(knot))
                knots.Add(knot, SortedScores.CountBelow(scores, knot), SortedScores.CountUpTo(scores, knot));
        }

        bool tailIsEmpty = tail.Beyond == 0;
        var pareto = GeneralisedPareto.FitUnbounded(scores.AsSpan(count - tail.Beyond), tail.Bound);
        return knots.Tail(pareto.Shape, tailIsEmpty ? MeanDistance(scores) : pareto.Scale, Scale);
    }

    private protected override ScoreCalibrator FitTo(WeightedScores scores)
    {
        double count = scores.Total;
        var (bound, beyond) = ScoreTail.Of(scores, TailFraction);
        var knots = new RankKnots(count, bound);
        double last = Math.Max(count - 1 - beyond, 0);
        for (int i = 0; i <= MaxKnots; i++)
        {
            double knot = scores.At(Math.Floor(last * i / MaxKnots));
            if (knots.IsNext(knot))
                knots.Add(knot, scores.CountBelow(knot), scores.CountUpTo(knot));
        }

        var pareto = GeneralisedPareto.FitUnbounded(scores, bound);
        return knots.Tail(pareto.Shape, beyond > 0 ? pareto.Scale : MeanDistance(scores), Scale);
    }

    /// <summary>How far apart scores are if none lies beyond the greatest one that many rows share. If all scores are equal, differences are in their own units.</summary>
    private static double MeanDistance(float[] sorted)
    {
        double sum = 0;
        foreach (float score in sorted)
            sum += (double)sorted[^1] - score;
        return sum > 0 ? sum / sorted.Length : 1;
    }

    private static double MeanDistance(WeightedScores scores)
    {
        double sum = 0;
        for (int i = 0; i < scores.Values.Length; i++)
            sum += scores.Weight(i) * ((double)scores.Greatest - scores.Values[i]);
        return sum > 0 ? sum / scores.Total : 1;
    }
}
