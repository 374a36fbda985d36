using AnomalyKit.Persistence;
using MathNet.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>What scores of new normal rows follow: score · scale is p m / (m − p + 1) times an F variate with p and m − p + 1 degrees of freedom; χ² with p degrees for m = ∞.</summary>
/// <remarks>
/// <para>
/// The covariance of the concentrated rows is about that of m independent rows, far fewer than were concentrated on, and a distance in an estimated covariance has a heavier
/// tail than χ² (Hotelling). J. Hardin, D. M. Rocke, <i>The Distribution of Robust Distances</i>, Journal of Computational and Graphical Statistics 14, 2005, give
/// m by the asymptotic variance of the estimate's diagonal (C. Croux, G. Haesbroeck 1999); C. G. Green, R. D. Martin, <i>An extension of a method of Hardin and
/// Rocke</i>, 2014, for every support.
/// </para>
/// <para>
/// The small-sample correction brings the determinant right, not the distances of new rows: simulations of 40 shapes and four supports have the law hold without it, so
/// the scale takes it back.
/// </para>
/// </remarks>
/// <param name="Dimensions">p, the columns that distances are made of.</param>
/// <param name="Degrees">m, above p − 1; ∞ for the χ² distribution.</param>
/// <param name="Scale">What scores are multiplied by, above 0.</param>
internal sealed record ScoreLaw(int Dimensions, double Degrees, double Scale)
{
    /// <summary>Reweighting takes the rows within this quantile of χ².</summary>
    public const double ReweightedShare = 0.975;

    // Where fewer rows than this a column were concentrated on, or degrees are this near to the columns, the 1 % quantile was found to be off by more than a tenth.
    private const int LeastRowsPerColumn = 2;
    private const double LeastDegreesToSpare = 15;

    /// <summary>The law that files of version 0.1.0 mean.</summary>
    public static ScoreLaw ChiSquared(int dimensions) => new(dimensions, double.PositiveInfinity, 1);

    /// <summary>Whether so few rows leave p-values uncalibrated.</summary>
    public static bool IsUncertain(ScoreLaw law, int subset, int rows) => !double.IsInfinity(law.Degrees)
        && ((subset < rows && subset < LeastRowsPerColumn * law.Dimensions) || law.Degrees < law.Dimensions + LeastDegreesToSpare);

    /// <summary>For the covariance of the h concentrated rows.</summary>
    public static ScoreLaw Raw(int dimensions, int subset, int rows)
    {
        if (dimensions == 0)
            return ChiSquared(0);
        double share = (double)subset / rows;
        return subset >= rows
            ? new ScoreLaw(dimensions, Floor(rows - 1, dimensions), (rows - 1.0) / (rows + 1))
            : new ScoreLaw(dimensions, Floor(AsymptoticDegrees(dimensions, share, rows), dimensions), Consistency.SmallSample(share, rows, dimensions));
    }

    /// <summary>For the covariance of the rows within the quantile of χ² of the raw estimate, divided by the consistency factor of that quantile.</summary>
    /// <remarks>Of normal rows fewer than the quantile says lie within where rows are few: as many as the raw law has it, and at least the subset.</remarks>
    public static ScoreLaw Reweighted(ScoreLaw raw, int subset, int rows, double correction)
    {
        int p = raw.Dimensions;
        double within = 1 - raw.UpperTail(EllipticEnvelope.ChiSquared.Quantile(ReweightedShare, p));
        double share = Math.Max((double)subset / rows, within);
        return share >= 1
            ? new ScoreLaw(p, Floor(rows - 1, p), correction * (rows - 1.0) / (rows + 1))
            : new ScoreLaw(p, Math.Max(raw.Degrees, AsymptoticDegrees(p, share, rows)), correction / Consistency.Factor(share, p));
    }

    public static ScoreLaw Read(ModelReader reader, int dimensions)
    {
        if (!reader.TryGetString("degrees", out _))
            return ChiSquared(dimensions);
        var law = new ScoreLaw(dimensions, reader.GetDouble("degrees"), reader.GetDouble("scale"));
        return law.Degrees > dimensions - 1 && law.Scale > 0 && double.IsFinite(law.Scale)
            ? law
            : throw ModelReader.FormatError("the law of its p-values has no degrees of freedom or no scale");
    }

    public void WriteTo(ModelWriter writer)
    {
        if (double.IsInfinity(Degrees))
            return;
        writer.Set("degrees", Degrees);
        writer.Set("scale", Scale);
    }

    /// <summary>P(score of a new normal row > score), exact to relative precision far out in the tail.</summary>
    public double UpperTail(double score)
    {
        if (Dimensions == 0)
            return score > 0 ? 0 : 1;
        if (!(score > 0))
            return 1;
        double scaled = score * Scale;
        // P(F > f) = I(ν₂ / (ν₂ + ν₁ f)) with f = scaled · ν₂ / (p m): the tail itself, not what is missing to 1.
        return double.IsInfinity(Degrees)
            ? EllipticEnvelope.ChiSquared.UpperTail(scaled, Dimensions)
            : SpecialFunctions.BetaRegularized((Degrees - Dimensions + 1) / 2, Dimensions / 2.0, Degrees / (Degrees + scaled));
    }

    private static double Floor(double degrees, int dimensions) => degrees > dimensions ? degrees : dimensions;

    /// <summary>m for the covariance of the central share of so many normal rows: 2 over the squared coefficient of variation of a diagonal element.</summary>
    private static double AsymptoticDegrees(int p, double share, int rows)
    {
        double outside = 1 - share;
        double quantile = EllipticEnvelope.ChiSquared.Quantile(share, p);
        double second = EllipticEnvelope.ChiSquared.Cumulative(quantile, p + 2);
        double consistency = share / second;
        double c2 = -second / 2;
        double c3 = -EllipticEnvelope.ChiSquared.Cumulative(quantile, p + 4) / 2;
        double c4 = 3 * c3;
        double b1 = consistency * (c3 - c4) / share;
        double b2 = 0.5 + (consistency / share * (c3 - (quantile / p * (c2 + (share / 2)))));
        double ratio = (consistency * quantile / p) - 1;
        double v1 = (share * b1 * b1 * ((outside * ratio * ratio) - 1))
            - (2 * c3 * consistency * consistency * ((3 * (b1 - (p * b2)) * (b1 - (p * b2))) + ((p + 2) * b2 * ((2 * b1) - (p * b2)))));
        double root = b1 * (b1 - (p * b2)) * share;
        double variance = v1 / (rows * root * root * consistency * consistency);
        return 2 / (consistency * consistency * variance);
    }
}
