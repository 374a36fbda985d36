using AnomalyKit.Persistence;

namespace AnomalyKit.Ensemble;

/// <summary>How improbable a member's high scores are by the tail of its training scores: a generalised Pareto distribution beyond a bound.</summary>
/// <param name="Units">Where the tail lies.</param>
/// <param name="Bound">From where it begins, in these units.</param>
/// <param name="Share">The share of the training rows that lie beyond the bound.</param>
/// <param name="Shape">ξ above 0, so that no score is impossible.</param>
/// <param name="Spread">σ above 0.</param>
internal sealed record MemberTail(TailUnits Units, double Bound, double Share, double Shape, double Spread)
{
    /// <summary>What lies beyond is told apart by the other members.</summary>
    public const double MostSurprisal = 300;

    private const string KindName = "generalised-pareto";

    private readonly double _from = Units.Normalized(Bound);
    private readonly double _base = -Math.Log(Share);

    /// <summary>−log₁₀ of the probability of a score at least as high.</summary>
    /// <param name="normalized">A score on the ensemble's common scale.</param>
    /// <returns>From −log₁₀ of <see cref="Share"/> to <see cref="MostSurprisal"/> beyond the bound; 0 below it.</returns>
    public double Surprisal(double normalized)
    {
        if (!(normalized > _from))
            return 0;
        double excess = Math.Max(0, Units.Of(normalized) - Bound);
        return Math.Min(MostSurprisal, (_base + (Math.Log(1 + (Shape * excess / Spread)) / Shape)) / Math.Log(10));
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Set("kind", KindName);
        writer.Set("bound", Bound);
        writer.Set("share", Share);
        writer.Set("shape", Shape);
        writer.Set("spread", Spread);
    }

    /// <summary>Reads a tail; none where there is none.</summary>
    public static MemberTail? TryRead(ModelReader reader, ScoreCalibrator? calibrator)
    {
        if (!reader.TryGetString("kind", out string? kind))
            return null;
        if (kind != KindName)
            throw ModelReader.FormatError($"the tail of a member's scores is of the unknown kind '{kind}'");
        double bound = reader.GetDouble("bound");
        double share = reader.GetDouble("share");
        double shape = reader.GetDouble("shape");
        double spread = reader.GetDouble("spread");
        return double.IsFinite(bound) && share > 0 && share <= 1 && shape > 0 && double.IsFinite(shape) && spread > 0 && double.IsFinite(spread)
            ? new MemberTail(TailUnits.Of(calibrator), bound, share, shape, spread)
            : throw ModelReader.FormatError("the tail of a member's scores is out of range");
    }
}
