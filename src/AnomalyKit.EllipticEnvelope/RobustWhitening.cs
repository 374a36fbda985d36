using AnomalyKit.EllipticEnvelope;

namespace AnomalyKit;

/// <summary>Rotates and scales rows so that their bulk has unit spread in every direction, by the Minimum Covariance Determinant.</summary>
/// <remarks>
/// <para>
/// What column-by-column scaling cannot do: columns that move together count once, and directions that the bulk hardly uses count as much as the others. It suits
/// detectors that measure Euclidean distances (nearest neighbors, kernels); detectors that split column by column lose by it.
/// </para>
/// <para>The options are those of <see cref="EllipticEnvelopeTrainer"/>. Constant and collinear columns bring no component of their own: one further
/// output column says how far a row breaks the relations that all training rows keep. It is 0 for rows that keep them. <see cref="FeatureTransform.Findings"/> of the fitted
/// transform says what was found.</para>
/// </remarks>
public sealed record RobustWhitening : FeatureScaling
{
    /// <summary>The fraction of rows that the location and covariance are computed from, or null to let the data decide.</summary>
    /// <value>From 0.5 to 1, or null (the default); see <see cref="EllipticEnvelopeTrainer.SupportFraction"/>.</value>
    public double? SupportFraction
    {
        get;
        init => field = new EllipticEnvelopeTrainer { SupportFraction = value }.SupportFraction;
    }

    /// <summary>How much of the spread (the sum of the correlation's eigenvalues) the components must explain; the narrowest directions are dropped.</summary>
    /// <value>Above 0, at most 1 (the default: all directions are kept).</value>
    public double ExplainedSpread
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ExplainedSpread), value, "ExplainedSpread must be above 0 and at most 1.");
    } = 1;

    /// <summary>The seed of the random starts.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override bool AcceptsWeights => true;

    /// <inheritdoc/>
    /// <returns><c>robust-whitening</c> where <see cref="SupportFraction"/>, <see cref="ExplainedSpread"/> and <see cref="Seed"/> have their defaults; otherwise null.</returns>
    public override string? ToText() => this == new RobustWhitening() ? "robust-whitening" : null;

    /// <inheritdoc/>
    public override FeatureTransform Fit(FeatureMatrix data, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var fit = MinimumCovarianceDeterminant.Fit(data, new McdOptions { SupportFraction = SupportFraction, Seed = Seed }, context);
        int rank = fit.Classical.Rank;
        int columns = data.ColumnCount;
        var scales = new double[columns];
        // Images have no p-values.
        DataFinding[] findings = [.. FindingList.Of(fit, data.Schema.ColumnNames).Where(finding => finding.Kind != DataFindingKind.UncalibratedPValues)];
        if (rank == 0)
            return new WhiteningTransform(fit.Ellipsoid.Location, scales, new double[columns], [1], fit.Relations, findings);

        double[] correlation = fit.Ellipsoid.Covariance();
        var deviations = new double[rank];
        for (int i = 0; i < rank; i++)
        {
            deviations[i] = Math.Sqrt(correlation[(i * rank) + i]);
            scales[fit.Classical.Columns[i]] = deviations[i] * Math.Sqrt(fit.Correction);
        }

        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j < rank; j++)
                correlation[(i * rank) + j] = i == j ? 1 : correlation[(i * rank) + j] / deviations[i] / deviations[j];
        }

        var eigen = new SymmetricEigen(correlation, rank, context.CancellationToken);
        int kept = Components(eigen.Values);
        var vectors = new double[kept * columns];
        for (int i = 0; i < kept; i++)
        {
            for (int j = 0; j < rank; j++)
                vectors[(i * columns) + fit.Classical.Columns[j]] = eigen.Vectors[(i * rank) + j];
        }

        return new WhiteningTransform(fit.Ellipsoid.Location, scales, vectors, eigen.Values.AsSpan(0, kept), fit.Relations, findings);
    }

    /// <inheritdoc/>
    public override string ToString() => "robust whitening";

    private int Components(double[] values)
    {
        // Rounding can leave an eigenvalue of a covariance that is all but singular at zero or below.
        int usable = values.Count(value => value > 1e-15 * values[0]);
        double wanted = ExplainedSpread * values.Sum();
        double explained = 0;
        for (int i = 0; i < usable; i++)
        {
            explained += values[i];
            if (ExplainedSpread < 1 && explained >= wanted)
                return i + 1;
        }

        return usable;
    }
}
