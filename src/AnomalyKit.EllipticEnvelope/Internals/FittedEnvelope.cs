using System.Buffers;
using AnomalyKit.EllipticEnvelope.Kernels;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>An envelope behind its transform, with the kernel that computes distances.</summary>
internal sealed unsafe class FittedEnvelope : DetectorModel
{
    public const string KindName = "elliptic-envelope";

    private const int TileRows = 64;

    private static readonly DetectorInfo Description = new(
        KindName,
        "(x - mu)' S^-1 (x - mu), the squared Mahalanobis distance by the minimum covariance determinant's location mu and covariance S",
        0,
        double.PositiveInfinity,
        "P. J. Rousseeuw, K. Van Driessen: A Fast Algorithm for the Minimum Covariance Determinant Estimator, Technometrics 41, 1999");

    private readonly IRowKernel _kernel;

    public FittedEnvelope(FeatureTransform transform, EllipticEnvelopeModel model, VectorWidth kernel = VectorWidth.Auto)
        : base(transform)
    {
        Model = model;
        _kernel = EnvelopeKernels.Resolve(kernel);
    }

    public EllipticEnvelopeModel Model { get; }

    public override DetectorInfo Info => Description;

    public override int BlockRows =>
        (int)Math.Clamp((1L << 26) / ((long)Model.Map.InputColumns * Model.Map.Stride) / TileRows * TileRows, TileRows, base.BlockRows);

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        var map = Model.Map;
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
                    if (Model.Relations.Count > 0)
                        AddBroken(rows.Slice(start * map.InputColumns, count * map.InputColumns), new Span<double>(lengths, count));
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

    protected override RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options) =>
        Transform.CarriesBack ? new EnvelopeAttributor(Transform, Model, _kernel, schema, options) : null;

    protected override void WriteTo(ModelWriter writer) => Model.WriteTo(writer);

    private void AddBroken(ReadOnlySpan<float> rows, Span<double> lengths)
    {
        int columns = Model.Relations.ColumnCount;
        for (int i = 0; i < lengths.Length; i++)
            lengths[i] += Model.Relations.SquaredDistance(rows.Slice(i * columns, columns));
    }
}
