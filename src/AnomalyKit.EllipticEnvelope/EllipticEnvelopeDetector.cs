using System.Buffers;
using AnomalyKit.EllipticEnvelope;
using AnomalyKit.EllipticEnvelope.Kernels;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted elliptic envelope. Its score is the squared robust Mahalanobis distance (x − μ)ᵀ Σ⁻¹ (x − μ).</summary>
/// <remarks>
/// <para>
/// P. J. Rousseeuw, <i>Multivariate Estimation with High Breakdown Point</i>, 1985. Scores lie in [0, ∞); on normal data they follow a χ² distribution with
/// <see cref="Dimensions"/> degrees of freedom, which <see cref="PValue"/> reads them by. Distances are computed in double from float32 cells; all vector
/// widths give the same bits.
/// </para>
/// <para>Location and covariance are in the units of the rows as the model sees them, after the scaling. Immutable and safe for any number of threads.</para>
/// </remarks>
public sealed unsafe class EllipticEnvelopeDetector : AnomalyDetector
{
    internal const string KindName = "elliptic-envelope";

    private const int TileRows = 64;

    private static readonly DetectorInfo Description = new(
        KindName,
        "(x - mu)' S^-1 (x - mu), the squared Mahalanobis distance by the minimum covariance determinant's location mu and covariance S",
        0,
        double.PositiveInfinity,
        "P. J. Rousseeuw, K. Van Driessen: A Fast Algorithm for the Minimum Covariance Determinant Estimator, Technometrics 41, 1999");

    private static readonly ModelCatalog OwnCatalog = new([Format], [WhiteningTransform.Format]);

    private readonly EllipticEnvelopeModel _model;
    private readonly IRowKernel _kernel;

    internal EllipticEnvelopeDetector(DetectorFrame frame, EllipticEnvelopeModel model, VectorWidth kernel = VectorWidth.Auto)
        : base(frame)
    {
        _model = model;
        _kernel = EnvelopeKernels.Resolve(kernel);
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    /// <summary>The columns that distances are made of: the degrees of freedom of the scores.</summary>
    public int Dimensions => _model.Rank;

    /// <summary>The robust center μ, one number a column.</summary>
    public ReadOnlySpan<double> Location => _model.Location;

    /// <summary>The logarithm of the determinant of the concentrated rows' covariance: what was minimised. Before the consistency correction, after shrinkage.</summary>
    public double LogDeterminant => _model.LogDeterminant;

    /// <summary>ρ, how far the covariance was drawn towards that of all rows (or, with fewer rows than columns, correlations towards zero) to be invertible; 0 as a rule.</summary>
    public double Shrinkage => _model.Shrinkage;

    /// <summary>The number of rows that were concentrated on, h.</summary>
    public int SupportRows => _model.SubsetSize;

    /// <summary>For each training row whether location and covariance are made of it.</summary>
    public ReadOnlySpan<bool> Support => _model.Support;

    /// <summary>What was peculiar about the training rows, and what was done about it; empty as a rule.</summary>
    public IReadOnlyList<EnvelopeFinding> Findings => _model.Findings;

    internal EllipticEnvelopeModel Model => _model;

    /// <summary>Loads an envelope from a file. For files of any kind of detector, use <c>DetectorFile.Load</c> of the package AnomalyKit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The envelope.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, no elliptic envelope, or of a newer format.</exception>
    public static EllipticEnvelopeDetector Load(string path) => (EllipticEnvelopeDetector)OwnCatalog.Load(path);

    /// <summary>Loads an envelope from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The envelope.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, no elliptic envelope, or of a newer format.</exception>
    public static EllipticEnvelopeDetector Load(Stream source) => (EllipticEnvelopeDetector)OwnCatalog.Load(source);

    /// <summary>The covariance Σ, made consistent for normal data.</summary>
    /// <returns>A new symmetric matrix over all columns; zeros where a column takes no part.</returns>
    public double[,] Covariance()
    {
        var covariance = new double[_model.Location.Length, _model.Location.Length];
        for (int i = 0; i < _model.Rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k <= j; k++)
                    sum += _model.Factor[(i * _model.Rank) + k] * _model.Factor[(j * _model.Rank) + k];
                covariance[_model.Columns[i], _model.Columns[j]] = sum;
                covariance[_model.Columns[j], _model.Columns[i]] = sum;
            }
        }

        return covariance;
    }

    /// <summary>The inverse of the covariance, Σ⁻¹.</summary>
    /// <returns>A new symmetric matrix over all columns; zeros where a column takes no part.</returns>
    public double[,] Precision()
    {
        int rank = _model.Rank;
        double[] inverse = Cholesky.Invert(_model.Factor, rank, rank);
        var precision = new double[_model.Location.Length, _model.Location.Length];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = i; k < rank; k++)
                    sum += inverse[(k * rank) + i] * inverse[(k * rank) + j];
                precision[_model.Columns[i], _model.Columns[j]] = sum;
                precision[_model.Columns[j], _model.Columns[i]] = sum;
            }
        }

        return precision;
    }

    /// <summary>How likely a row of normal data is to score higher: the upper tail of the χ² distribution.</summary>
    /// <param name="score">A score of this detector.</param>
    /// <returns>A probability, exact to relative precision far out in the tail; 1 where no column takes part.</returns>
    public double PValue(float score) => _model.Rank == 0 ? 1 : ChiSquared.UpperTail(score, _model.Rank);

    /// <summary>The same envelope with another threshold, without refitting.</summary>
    /// <inheritdoc/>
    public override EllipticEnvelopeDetector WithThreshold(double threshold) => (EllipticEnvelopeDetector)base.WithThreshold(threshold);

    /// <inheritdoc/>
    protected override int BlockRows =>
        (int)Math.Clamp((1L << 26) / ((long)_model.Map.InputColumns * _model.Map.Stride) / TileRows * TileRows, TileRows, base.BlockRows);

    /// <inheritdoc/>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        var map = _model.Map;
        if (rows.Length != (long)scores.Length * map.InputColumns)
            throw new ArgumentException($"{rows.Length} cells for {scores.Length} rows of {map.InputColumns} columns.", nameof(rows));
        int images = TileRows * map.Stride;
        int scratch = 4 * map.InputStride;
        double[] buffer = ArrayPool<double>.Shared.Rent(images + scratch + TileRows);
        try
        {
            fixed (float* source = rows)
            fixed (double* working = buffer)
            {
                double* lengths = working + images + scratch;
                for (int start = 0; start < scores.Length; start += TileRows)
                {
                    int count = Math.Min(TileRows, scores.Length - start);
                    _kernel.Map(map, source + ((long)start * map.InputColumns), count, working, working + images);
                    _kernel.SquaredLengths(working, count, map.Stride, lengths);
                    for (int i = 0; i < count; i++)
                        scores[start + i] = (float)Math.Min(lengths[i], float.MaxValue);
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new EllipticEnvelopeDetector(frame, _model);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer) => _model.WriteTo(writer);

    private static EllipticEnvelopeDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, EllipticEnvelopeModel.Read(reader, frame.Transform.OutputColumns));
}
