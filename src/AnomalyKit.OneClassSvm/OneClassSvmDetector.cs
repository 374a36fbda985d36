using System.Buffers;
using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm;
using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted one-class SVM. Its score is (ρ − Σ αᵢ K(xᵢ, x)) / Σ αᵢ: negative inside the boundary, positive outside.</summary>
/// <remarks>
/// <para>
/// B. Schölkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola, R. C. Williamson, <i>Estimating the Support of a High-Dimensional Distribution</i>, Neural Computation 13,
/// 2001. The coefficients of the score sum up to 1, as in that paper, so that scores do not grow with the number of training rows; LIBSVM's coefficients
/// sum up to νn, and its decision value is −νn times the score. With the radial kernel scores lie in [−1, 1].
/// </para>
/// <para>
/// Kernel values are computed in float32 and summed in double, in a fixed order: all vector widths give the same bits. Immutable and safe for any number of threads.
/// </para>
/// </remarks>
public sealed unsafe class OneClassSvmDetector : AnomalyDetector
{
    internal const string KindName = "one-class-svm";

    private const int TileRows = 8 * KernelEngine.TileRows;

    private static readonly DetectorInfo Description = new(
        KindName,
        "(rho - sum of a_i K(x_i, x)) / sum of a_i, over the support vectors x_i with coefficients a_i; above 0 outside the boundary",
        double.NegativeInfinity,
        double.PositiveInfinity,
        "B. Schoelkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola, R. C. Williamson: Estimating the Support of a High-Dimensional Distribution, Neural Computation 13, 2001");

    private static readonly ModelCatalog OwnCatalog = new([Format]);

    private readonly OneClassSvmModel _model;
    private readonly KernelSums _sums;

    internal OneClassSvmDetector(DetectorFrame frame, OneClassSvmModel model, VectorWidth width = VectorWidth.Auto)
        : base(frame)
    {
        _model = model;
        int count = model.Coefficients.Length;
        var points = ScaledPoints.Allocate(count, model.Columns);
        Scale(model.SupportVectors, points.Rows(0, count));
        points.SetHalfNorms(model.Function, 0, count);
        _sums = new KernelSums(
            model.Function, KernelEngines.Resolve(width), points, [.. Enumerable.Range(0, count)], model.Coefficients);
    }

    private OneClassSvmDetector(DetectorFrame frame, OneClassSvmDetector other)
        : base(frame)
    {
        _model = other._model;
        _sums = other._sums;
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    /// <summary>The number of support vectors.</summary>
    public int SupportVectorCount => _model.Coefficients.Length;

    /// <summary>The support vectors, row-major, in the units of the rows as the model sees them, after the scaling.</summary>
    public ReadOnlySpan<float> SupportVectors => _model.SupportVectors;

    /// <summary>The training rows that the support vectors are; empty where they are landmarks of the approximation.</summary>
    public ReadOnlySpan<int> SupportRows => _model.SupportRows;

    /// <summary>One coefficient α a support vector, in LIBSVM's scaling: above 0, at most 1. The approximation's may be any number.</summary>
    public ReadOnlySpan<double> Coefficients => _model.Coefficients;

    /// <summary>νn, what the coefficients of an exact fit sum up to.</summary>
    public double CoefficientSum => _model.CoefficientSum;

    /// <summary>The boundary ρ, in the units of Σ αᵢ K(xᵢ, x).</summary>
    public double Rho => _model.Rho;

    /// <summary>½ αᵀKα, what was minimised; the approximation's, by the approximate kernel.</summary>
    public double Objective => _model.Objective;

    /// <summary>The kernel.</summary>
    public SvmKernelKind Kernel => _model.Function.Kind;

    /// <summary>γ as it was found; 1 for the linear kernel.</summary>
    public double Gamma => _model.Function.Gamma;

    /// <summary>
    /// Whether the optimality conditions were met within the tolerance. Not so where the limit of iterations was reached, or where kernel values leave too few digits to
    /// come closer.
    /// </summary>
    public bool Converged => _model.Converged;

    /// <summary>
    /// The violation of the Karush-Kuhn-Tucker conditions over all training rows that was reached: the greatest gradient among coefficients above 0 minus the least
    /// among those below 1, or 0.
    /// </summary>
    public double KktViolation => _model.Violation;

    /// <summary>The pairs of coefficients that were changed, those that the start point took among parts of the rows included.</summary>
    public long Iterations => _model.Steps;

    /// <summary>Whether the model is an approximation: see <see cref="OneClassSvmTrainer.Approximation"/>.</summary>
    public bool IsApproximate => _model.IsApproximate;

    internal OneClassSvmModel Model => _model;

    /// <summary>What the fit knows of the training rows' scores. Detectors in other frames, the one that leaves the trainer among them, do not hold it.</summary>
    internal TrainingScores? TrainingScores { get; init; }

    /// <inheritdoc/>
    protected override int BlockRows => Math.Min(16 * _sums.BlockRows, base.BlockRows);

    /// <summary>Loads a one-class SVM from a file. For files of any kind of detector, use <c>DetectorFile.Load</c> of the package AnomalyKit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, no one-class SVM, or of a newer format.</exception>
    public static OneClassSvmDetector Load(string path) => (OneClassSvmDetector)OwnCatalog.Load(path);

    /// <summary>Loads a one-class SVM from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, no one-class SVM, or of a newer format.</exception>
    public static OneClassSvmDetector Load(Stream source) => (OneClassSvmDetector)OwnCatalog.Load(source);

    /// <summary>The same detector with another threshold, without refitting.</summary>
    /// <inheritdoc/>
    public override OneClassSvmDetector WithThreshold(double threshold) => (OneClassSvmDetector)base.WithThreshold(threshold);

    /// <inheritdoc/>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int columns = _model.Columns;
        if (rows.Length != (long)scores.Length * columns)
            throw new ArgumentException($"{rows.Length} cells for {scores.Length} rows of {columns} columns.", nameof(rows));
        float[] scaled = ArrayPool<float>.Shared.Rent((TileRows * columns) + TileRows);
        double* sums = stackalloc double[TileRows];
        try
        {
            fixed (float* cells = scaled)
            {
                float* halfNorms = cells + (TileRows * columns);
                for (int start = 0; start < scores.Length; start += TileRows)
                {
                    int count = Math.Min(TileRows, scores.Length - start);
                    var tile = scaled.AsSpan(0, count * columns);
                    Scale(rows.Slice(start * columns, count * columns), tile);
                    for (int i = 0; i < count; i++)
                        halfNorms[i] = _model.Function.IsRadial ? ScaledPoints.HalfNorm(tile.Slice(i * columns, columns)) : 0;
                    _sums.Compute(cells, halfNorms, count, sums);
                    for (int i = 0; i < count; i++)
                        scores[start + i] = _model.ScoreOf(sums[i]);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scaled);
        }
    }

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new OneClassSvmDetector(frame, this);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer) => _model.WriteTo(writer);

    private static OneClassSvmDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, OneClassSvmModel.Read(reader, frame.Transform.OutputColumns));

    private void Scale(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        int columns = _model.Columns;
        for (int at = 0; at < rows.Length; at += columns)
            _model.Function.ScaleRow(rows.Slice(at, columns), _model.Origin, scaled.Slice(at, columns));
    }
}
