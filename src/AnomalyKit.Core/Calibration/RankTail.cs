using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>The empirical tail: linear between quantiles, and a generalised Pareto distribution beyond the last.</summary>
/// <param name="knots">Scores, strictly increasing. Where many rows share a score it is a knot, and so is the number directly above it.</param>
/// <param name="tails">The tail probability at each.</param>
/// <param name="shape">ξ ≥ 0 beyond the last knot, so that no score is impossible.</param>
/// <param name="spread">σ > 0; 0 in files of version 0.1.0 where no training score lies beyond the last knot, and then nothing is thought to lie there.</param>
/// <param name="scale">1 − p or −log₁₀ p.</param>
internal sealed class RankTail(double[] knots, double[] tails, double shape, double spread, TailScale scale) : TailCalibrator(scale)
{
    public const string KindName = "rank";

    public override string Kind => KindName;

    public double[] Knots => knots;

    public double[] Tails => tails;

    public double Shape => shape;

    public double Spread => spread;

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
        return usable ? new RankTail(knots, tails, shape, spread, scale) : throw ModelReader.FormatError("its rank calibration is not monotone");
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
        double position = (score - knots[index - 1]) / (knots[index] - knots[index - 1]);
        return tails[index - 1] + (position * (tails[index] - tails[index - 1]));
    }

    private protected override void WriteTail(ModelWriter writer)
    {
        writer.Add("knots", knots.AsMemory());
        writer.Add("tails", tails.AsMemory());
        writer.Set("shape", shape);
        writer.Set("spread", spread);
    }
}
