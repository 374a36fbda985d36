using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The options that detectors on nearest neighbors share.</summary>
/// <typeparam name="TDetector">The detector that is fitted.</typeparam>
/// <remarks>
/// <para>
/// The detector holds its reference rows: 4 bytes per cell twice (as rows, rounded up to four columns, and as panels for the search). A fit needs besides, for n reference
/// rows and k neighbors, the scaled copy of the rows where there is a scaling, another while the index is built, 12 · n · k bytes for neighbors and their
/// distances, and up to about 5 MiB per thread.
/// </para>
/// <para>The fit is exact and the same, bit for bit, at any degree of parallelism and with any engine.</para>
/// <para>
/// <b>To flag the training rows, call <c>FitAndScore</c>.</b> It scores each of them among the others, as the threshold does. <c>Score</c> and <c>IsAnomaly</c> of the
/// fitted detector treat every row as new: a training row then finds itself at distance 0 and scores lower, and far fewer rows
/// are flagged than the threshold was set for.
/// </para>
/// </remarks>
public abstract record NeighborTrainer<TDetector> : DetectorTrainer<TDetector>
    where TDetector : AnomalyDetector<TDetector>, IDetectorKind<TDetector>
{
    private protected NeighborTrainer()
    {
    }

    /// <summary>The size of a neighborhood, k, or null for the default, which depends on the number of reference rows.</summary>
    /// <value>At least 1 and fewer than there are reference rows, or null (the default). If there are too few rows, Fit throws an <see cref="ArgumentException"/> that names both numbers.</value>
    public int? Neighbors
    {
        get;
        init => field = value is { } neighbors ? InRange(neighbors, 1, int.MaxValue - 1, nameof(Neighbors)) : null;
    }

    /// <summary>How the distance of two rows is measured.</summary>
    /// <value>Euclidean by default.</value>
    public DistanceMetric Metric
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Metric), value, "Metric must be Euclidean, Manhattan or Chebyshev.");
    }

    /// <summary>How neighbors are searched for. Results are the same with every engine.</summary>
    /// <value>The cheaper one by default.</value>
    public NeighborEngine Engine
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Engine), value, "Engine must be Auto, Tree or BruteForce.");
    }

    /// <summary>The size of the random subset of rows that other rows are compared with, or null to compare with all rows.</summary>
    /// <value>
    /// At least 2, or null (the default). Where there are no more rows than that, all. A small subset is not only faster: tight groups of anomalies and their copies
    /// fall apart in it and no longer vouch for each other (M. Sugiyama, K. Borgwardt, <i>Rapid Distance-Based Outlier Detection via Sampling</i>, NIPS 2013).
    /// Where the threshold rule looks at no scores, training rows are not scored against a subset.
    /// </value>
    public int? SampleSize
    {
        get;
        init => field = value is { } rows ? InRange(rows, 2, int.MaxValue, nameof(SampleSize)) : null;
    }

    /// <summary>The number of subsets that scores are averaged over (A. Zimek et al., <i>Subsampling for Efficient and Effective Unsupervised Outlier Detection Ensembles</i>, KDD 2013).</summary>
    /// <value>From 1 (the default) to 1,000. Without effect where all rows are reference rows.</value>
    public int SubsetCount { get; init => field = InRange(value, 1, NeighborModel.MaxSubsets, nameof(SubsetCount)); } = 1;

    /// <summary>The seed of the subsets.</summary>
    /// <value>Any number; the default is 0. Without effect where all rows are reference rows.</value>
    public ulong Seed { get; init; }

    internal VectorWidth Kernel { get; init; }

    /// <inheritdoc/>
    /// <remarks>A neighborhood is made of a number of rows: see the page of the detector for what to do with weights.</remarks>
    protected override string WeightsRefusal =>
        "A neighborhood is a number of different rows: a row of weight 3 would be its own two nearest neighbors at distance 0, and a part of a row none at all.";

    /// <inheritdoc/>
    /// <remarks>The scaled rows, the index in two forms, and 12 bytes per neighbor.</remarks>
    public override long EstimateMemory(int rows, int columns)
    {
        int references = Math.Max(1, References(rows));
        return (4L * rows * columns) + (12L * references * (columns + 3)) + (12L * references * NeighborsOf(references)) + (8L * rows);
    }

    /// <summary>The default of <see cref="Neighbors"/>.</summary>
    /// <param name="referenceRows">The number of reference rows.</param>
    /// <returns>At least 1 and fewer than there are reference rows.</returns>
    private protected abstract int DefaultNeighbors(int referenceRows);

    /// <inheritdoc/>
    protected override void Validate(FeatureMatrix data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ThrowIfFew(data);
        int references = References(data.RowCount);
        long neighbors = (long)references * NeighborsOf(references);
        if (neighbors > Array.MaxLength)
        {
            throw new ArgumentException(
                $"Neighbors is {NeighborsOf(references)}, which makes {neighbors} neighbors of {references} rows; at most {Array.MaxLength} fit. Lower Neighbors or set SampleSize.",
                nameof(data));
        }

        long cells = (long)references * (data.ColumnCount + 3);
        if (cells > Array.MaxLength - 4096)
        {
            throw new ArgumentException(
                $"{references} reference rows of {data.ColumnCount} columns are more than the {Array.MaxLength} cells that an index holds. Set or lower SampleSize.",
                nameof(data));
        }
    }

    /// <summary>The options for the rows that the model is fitted on: fewer than were given where a calibration sets some aside.</summary>
    private protected NeighborOptions Options(FeatureMatrix data)
    {
        ThrowIfFew(data);
        return new(NeighborsOf(References(data.RowCount)), Metric, Engine, SampleSize, SubsetCount, Seed, Kernel);
    }

    private void ThrowIfFew(FeatureMatrix data)
    {
        int rows = data.RowCount;
        int references = References(rows);
        if (Neighbors is not { } neighbors || neighbors < references)
            return;
        throw new ArgumentException(
            references < rows
                ? $"Neighbors is {neighbors} and SampleSize is {references}: a row has at most {references - 1} neighbors among them. "
                    + $"Lower Neighbors to at most {references - 1}, or raise SampleSize to at least {neighbors + 1}."
                : $"Neighbors is {neighbors}, but the model is fitted on {rows} rows: each has at most {rows - 1} neighbors. "
                    + $"Lower Neighbors to at most {rows - 1}, or fit at least {neighbors + 1} rows.",
            nameof(data));
    }

    private int References(int rowCount) => Math.Min(SampleSize ?? rowCount, rowCount);

    private int NeighborsOf(int references) => Neighbors ?? DefaultNeighbors(references);
}
