using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit;

internal sealed record RankCalibration(TailScale Scale) : ScoreCalibration
{
    // Enough quantiles that interpolating between them errs by less than a thousandth of probability.
    private const int MostKnots = 1024;
    private const double TailShare = 0.01;
    private const int LeastExcesses = 10;

    public override string ToString() => "rank";

    private protected override ScoreCalibrator FitTo(float[] scores)
    {
        Array.Sort(scores);
        int count = scores.Length;
        int excesses = Math.Min(Math.Max((int)(count * TailShare), LeastExcesses), count - 1);
        // The tail begins at a score, and takes in all that lie above it: ties may shift it.
        double bound = scores[count - 1 - excesses];
        int beyond = count - SortedScores.CountUpTo(scores, bound);
        var knots = new List<double>();
        var tails = new List<double>();
        for (int i = 0; i <= MostKnots; i++)
        {
            double knot = scores[(int)((long)(count - 1 - excesses) * i / MostKnots)];
            if (knots.Count > 0 && knots[^1] == knot)
                continue;
            knots.Add(knot);
            // Half of the ties count, as in a mid-rank; the last knot must meet the tail.
            tails.Add(knot == bound ? (double)Math.Max(beyond, 1) / (count + 1)
                : (count - ((SortedScores.CountBelow(scores, knot) + SortedScores.CountUpTo(scores, knot)) / 2.0)) / (count + 1));
        }

        var pareto = GeneralisedPareto.Fit(scores.AsSpan(count - beyond), bound);
        return new RankTail([.. knots], [.. tails], Math.Max(pareto.Shape, 0), pareto.Scale, Scale);
    }
}

/// <summary>The empirical tail: linear between quantiles, and a generalised Pareto distribution beyond the last.</summary>
/// <param name="knots">Scores, strictly increasing.</param>
/// <param name="tails">The tail probability at each.</param>
/// <param name="shape">ξ ≥ 0 beyond the last knot, so that no score is impossible.</param>
/// <param name="spread">σ > 0, or 0 where no training score lies beyond the last knot.</param>
/// <param name="scale">1 − p or −log₁₀ p.</param>
internal sealed class RankTail(double[] knots, double[] tails, double shape, double spread, TailScale scale) : TailCalibrator(scale)
{
    public const string KindName = "rank";

    public override string Kind => KindName;

    private protected override string Source => "the rank among the training scores";

    public static RankTail Read(ModelReader reader)
    {
        var scale = ReadScale(reader);
        double[] knots = reader.GetDoubles("knots", -1);
        double[] tails = reader.GetDoubles("tails", knots.Length);
        double shape = reader.GetDouble("shape");
        double spread = reader.GetDouble("spread");
        bool usable = knots.Length > 0 && shape >= 0 && double.IsFinite(shape) && spread >= 0 && double.IsFinite(spread) && tails[0] <= 1 && tails[^1] > 0;
        for (int i = 1; i < knots.Length && usable; i++)
            usable = knots[i] > knots[i - 1] && tails[i] <= tails[i - 1];
        return usable ? new RankTail(knots, tails, shape, spread, scale) : throw ModelReader.Bad("its rank calibration is not monotone");
    }

    private protected override double Tail(double score)
    {
        if (score < knots[0])
            return 1;
        if (score >= knots[^1])
        {
            double excess = score - knots[^1];
            if (spread == 0)
                return excess > 0 ? 0 : tails[^1];
            return tails[^1] * GeneralisedPareto.Tail(excess, shape, spread);
        }

        int index = Array.BinarySearch(knots, score);
        if (index >= 0)
            return tails[index];
        index = ~index;
        double share = (score - knots[index - 1]) / (knots[index] - knots[index - 1]);
        return tails[index - 1] + (share * (tails[index] - tails[index - 1]));
    }

    private protected override void WriteTail(ModelWriter writer)
    {
        writer.Add("knots", knots.AsMemory());
        writer.Add("tails", tails.AsMemory());
        writer.Set("shape", shape);
        writer.Set("spread", spread);
    }
}
