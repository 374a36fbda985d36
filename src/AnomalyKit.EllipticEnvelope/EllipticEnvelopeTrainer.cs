using AnomalyKit.EllipticEnvelope;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Fits elliptic envelopes: the location and covariance of the most concentrated part of the rows, the Minimum Covariance Determinant (MCD).</summary>
/// <remarks>
/// <para>
/// P. J. Rousseeuw, K. Van Driessen, <i>A Fast Algorithm for the Minimum Covariance Determinant Estimator</i>, Technometrics 41, 1999; M. Hubert, P. J.
/// Rousseeuw, T. Verdonck, <i>A deterministic algorithm for robust location and scatter</i>, JCGS 21, 2012. Concentration steps go from the classical
/// estimate, from five deterministic and from some random starts; the subset whose covariance has the least determinant wins. On few
/// rows the search then goes on from perturbations of that subset.
/// </para>
/// <para>
/// Cost: about p² multiply-adds per row and step; with many rows, about ten to twenty steps over all of them. Memory: 13 bytes per row, and up to 64 MiB for partial sums.
/// </para>
/// <para>
/// The estimate does not depend on the units of the columns, so columns are not scaled by default. It is the same, bit for bit, at any degree of parallelism.
/// Constant and collinear columns are left out. <see cref="EllipticEnvelopeDetector.Findings"/> lists what was found and done.
/// </para>
/// </remarks>
public sealed record EllipticEnvelopeTrainer : DetectorTrainer<EllipticEnvelopeDetector>
{
    /// <summary>The fraction of rows that the location and covariance are computed from, or null to let the data decide.</summary>
    /// <value>
    /// From 0.5 to 1, or null (the default): 0.75, which withstands a quarter of anomalies; where such a subset lies almost on a hyperplane (it is a thousand times
    /// narrower in some direction than all rows are), the next of 0.9, 0.95, 0.975, 0.99 and 1 that does not. At least (n + p + 1) / 2 rows are taken.
    /// </value>
    public double? SupportFraction
    {
        get;
        init => field = value is null or (>= 0.5 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SupportFraction), value, "SupportFraction must lie between 0.5 and 1, or be null.");
    }

    /// <summary>Random starts, besides the classical and the deterministic ones.</summary>
    /// <value>
    /// From 0 to 1,000,000, or null (the default): 500, FastMCD's number; where rows · columns² (of the rows that starts are tried on, at most 2,000 or
    /// 20 a column) exceeds 180,000, as many fewer, but at least 10. With 0 the best subset is not
    /// perturbed either: the estimate is then DetMCD's, and draws no numbers but the sample that starts are tried on where there are many rows.
    /// </value>
    public int? RandomStarts
    {
        get;
        init => field = value is { } starts ? InRange(starts, 0, 1_000_000, nameof(RandomStarts)) : null;
    }

    /// <summary>The most concentration steps per start.</summary>
    /// <value>From 1 to 100,000; the default is 100.</value>
    public int MaxSteps { get; init => field = InRange(value, 1, 100_000, nameof(MaxSteps)); } = McdOptions.DefaultMaxSteps;

    /// <summary>Whether to estimate again from all rows within the 97.5 % quantile of the χ² distribution, which is more efficient on normal data.</summary>
    /// <value>False by default, because too many rows of heavy-tailed data lie outside.</value>
    public bool Reweighted { get; init; }

    /// <summary>The seed of the random starts, and of the sample that starts are tried on where there are many rows.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    internal VectorWidth Kernel { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// Means, covariances and the size of the subset count weights; a row at the boundary of the subset may belong to it with a part of its weight. Whole weights that add up to at most some
    /// 1,700,000 / columns give the envelope of the repeated rows, to the bit. With others starts are tried on a weighted sample, and the best ones are concentrated on
    /// all rows, without the search around the best subset that few rows get.
    /// </remarks>
    public override bool AcceptsWeights => true;

    /// <inheritdoc/>
    /// <remarks>13 bytes per row, partial sums, the sample that starts are tried on, and the scaled rows where there is a scaling.</remarks>
    public override long EstimateMemory(int rows, int columns) =>
        (13L * rows) + (64L << 20) + (4L * Math.Min(rows, Math.Max(2000, 20L * columns)) * columns) + (Scaling == FeatureScaling.None ? 0 : 4L * rows * columns);

    /// <inheritdoc/>
    protected override void Validate(FeatureMatrix data)
    {
        if (data.ColumnCount > EllipticEnvelopeModel.MostColumns)
        {
            throw new ArgumentException(
                $"The data has {data.ColumnCount} columns; a covariance is estimated of at most {EllipticEnvelopeModel.MostColumns}. Choose columns with SelectColumns.",
                nameof(data));
        }
    }

    /// <inheritdoc/>
    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        var rows = training.Transformed(context.Part(0, 0.05)).WithWeights(training.Weights);
        var fit = MinimumCovarianceDeterminant.Fit(
            rows,
            new McdOptions
            {
                SupportFraction = SupportFraction,
                RandomStarts = RandomStarts,
                MaxSteps = MaxSteps,
                Reweighted = Reweighted,
                Seed = Seed,
                Kernel = Kernel,
            },
            context.Part(0.05, 1));
        var names = (rows.ColumnCount == training.Raw.ColumnCount ? training.Raw : rows).Schema.ColumnNames;
        return new ModelFit(new FittedEnvelope(training.Transform, EllipticEnvelopeModel.From(fit, FindingList.Of(fit, names))));
    }
}
