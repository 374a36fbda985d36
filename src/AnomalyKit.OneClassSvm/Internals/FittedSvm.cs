using System.Buffers;
using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.Persistence;

namespace AnomalyKit.OneClassSvm;

/// <summary>A one-class SVM behind its transform, with its support vectors laid out for the kernel sums.</summary>
internal sealed unsafe class FittedSvm : DetectorModel
{
    public const string KindName = "one-class-svm";

    private const int TileRows = 8 * KernelEngine.TileRows;

    private static readonly DetectorInfo Description = new(
        KindName,
        "(rho - sum of a_i K(x_i, x)) / sum of a_i, over the support vectors x_i with coefficients a_i; above 0 outside the boundary",
        double.NegativeInfinity,
        double.PositiveInfinity,
        "B. Schoelkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola, R. C. Williamson: Estimating the Support of a High-Dimensional Distribution, Neural Computation 13, 2001");

    private readonly KernelSums _sums;

    public FittedSvm(FeatureTransform transform, OneClassSvmModel model, VectorWidth width = VectorWidth.Auto)
        : base(transform)
    {
        Model = model;
        int count = model.Coefficients.Length;
        var points = ScaledPoints.Allocate(count, model.Columns);
        Scale(model.SupportVectors, points.Rows(0, count));
        points.SetHalfNorms(model.Function, 0, count);
        _sums = new KernelSums(
            model.Function, KernelEngines.Resolve(width), points, [.. Enumerable.Range(0, count)], model.Weights);
    }

    public OneClassSvmModel Model { get; }

    public override DetectorInfo Info => Description;

    public override int BlockRows => Math.Min(16 * _sums.BlockRows, base.BlockRows);

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int columns = Model.Columns;
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
                        halfNorms[i] = Model.Function.IsRadial ? ScaledPoints.HalfNorm(tile.Slice(i * columns, columns)) : 0;
                    _sums.Compute(cells, halfNorms, count, sums);
                    for (int i = 0; i < count; i++)
                        scores[start + i] = Model.ScoreOf(sums[i]);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scaled);
        }
    }

    protected override RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options) =>
        Transform.CarriesBack ? new SvmAttributor(Transform, Model, schema, options) : null;

    protected override void WriteTo(ModelWriter writer) => Model.WriteTo(writer);

    private void Scale(ReadOnlySpan<float> rows, Span<float> scaled)
    {
        int columns = Model.Columns;
        for (int at = 0; at < rows.Length; at += columns)
            Model.Function.ScaleRow(rows.Slice(at, columns), Model.Origin, scaled.Slice(at, columns));
    }
}
