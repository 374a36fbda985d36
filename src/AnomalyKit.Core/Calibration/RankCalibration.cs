using AnomalyKit.Numerics;

namespace AnomalyKit;

internal sealed record RankCalibration(TailScale Scale) : ScoreCalibration
{
    // Enough quantiles that interpolating between them errs by less than a thousandth of probability.
    private const int MaxKnots = 1024;
    private const double TailFraction = 0.01;

    public override string ToString() => "rank";

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        Array.Sort(scores);
        int count = scores.Length;
        var tail = ScoreTail.Of(scores, TailFraction);
        var knots = new List<double>();
        var tails = new List<double>();
        int last = count - 1 - tail.Beyond;
        for (int i = 0; i <= MaxKnots; i++)
        {
            double knot = scores[(int)((long)last * i / MaxKnots)];
            if (knots.Count == 0 || knot > Math.BitIncrement(knots[^1]))
                AddKnot(knot);
        }

        bool tailIsEmpty = tail.Beyond == 0;
        var pareto = GeneralisedPareto.Fit(scores.AsSpan(count - tail.Beyond), tail.Bound);
        return new RankTail([.. knots], [.. tails], Math.Max(pareto.Shape, 0), tailIsEmpty ? MeanDistance(scores) : pareto.Scale, Scale);

        void AddKnot(double knot)
        {
            int above = count - SortedScores.CountUpTo(scores, knot);
            int tied = count - SortedScores.CountBelow(scores, knot) - above;
            // Every row counts half below its score and half above it, so that a lone row is no step; the last knot must meet the tail.
            double start = knot == tail.Bound ? Math.Max(above, 1) : above + 0.5;
            if (tied > 1)
            {
                // Tied rows are a step: down to them all score at least as high, and directly above none of them does.
                knots.Add(knot);
                tails.Add((above + tied - 0.5) / (count + 1));
                knot = Math.BitIncrement(knot);
            }

            knots.Add(knot);
            tails.Add(start / (count + 1));
        }
    }

    /// <summary>How far apart scores are where none lies beyond the greatest that many share; where all are equal, differences are told in their own units.</summary>
    private static double MeanDistance(float[] sorted)
    {
        double sum = 0;
        foreach (float score in sorted)
            sum += (double)sorted[^1] - score;
        return sum > 0 ? sum / sorted.Length : 1;
    }
}
