using System.Buffers;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Persistence;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder;

/// <summary>An autoencoder behind its transform, with the kernel that runs its network.</summary>
internal sealed unsafe class FittedAutoencoder : DetectorModel
{
    public const string KindName = "autoencoder";

    private const int WholeTiles = 4096 / ReconstructionTile.Rows * ReconstructionTile.Rows;

    private static readonly DetectorInfo Description = new(
        KindName,
        "the reconstruction error e of a row over d columns: e'e / d, or e' S^-1 e / d with S the covariance of ordinary rows' errors",
        0,
        double.PositiveInfinity,
        "S. Hawkins, H. He, G. Williams, R. Baxter: Outlier Detection Using Replicator Neural Networks, DaWaK 2002");

    private readonly INetworkKernel _kernel;

    public FittedAutoencoder(FeatureTransform transform, AutoencoderModel model, INetworkKernel kernel)
        : base(transform)
    {
        Model = model;
        _kernel = kernel;
    }

    public AutoencoderModel Model { get; }

    public override DetectorInfo Info => Description;

    public override int BlockRows
    {
        get
        {
            int columns = Model.Network.Layout.Columns;
            long products = Model.Network.Layout.Products + (Model.Whitening is { IsDiagonal: false } ? (long)columns * columns : 0);
            return (int)Math.Clamp((1L << 28) / products / ReconstructionTile.Rows * ReconstructionTile.Rows, ReconstructionTile.Rows, WholeTiles);
        }
    }

    protected override void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        if (Transform.IsIdentity)
            base.ScoreRows(rows, scores);
        else
            Score(rows.Cells, Transform, scores);
    }

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int columns = Model.Network.Layout.Columns;
        if (rows.Length != (long)scores.Length * columns)
            throw new ArgumentException($"{rows.Length} cells for {scores.Length} rows of {columns} columns.", nameof(rows));
        Score(rows, null, scores);
    }

    /// <summary>What the network makes of rows, or how far they are from it, in the units of the scaled rows.</summary>
    public void Reconstruct(EncodedRows rows, Span<float> destination, bool errors)
    {
        int columns = Model.Network.Layout.Columns;
        int count = rows.RowCount;
        var scaled = new float[destination.Length];
        Transform.Apply(rows.Cells, scaled);
        var memory = new AlignedFloats(ReconstructionTile.MemoryFloats(Model.Network, count));
        var tile = new ReconstructionTile(Model.Network, _kernel, Model.InputLimit, count, memory.Pointer);
        for (int start = 0; start < count; start += ReconstructionTile.Rows)
        {
            int taken = Math.Min(ReconstructionTile.Rows, count - start);
            float* outputs = tile.Run(scaled.AsSpan(start * columns, taken * columns));
            for (int i = 0; i < taken; i++)
            {
                var target = destination.Slice((start + i) * columns, columns);
                tile.CopyRow(errors ? tile.Differences : outputs, i, target);
                for (int j = 0; errors && j < columns; j++)
                    target[j] = -target[j];
            }
        }

        GC.KeepAlive(memory);
    }

    protected override RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options) =>
        Transform.CarriesBack ? new AutoencoderAttributor(Transform, Model.Network, Model.InputLimit, Model.Whitening, Model.Constants, _kernel, schema, options) : null;

    protected override void WriteTo(ModelWriter writer) => Model.WriteTo(writer);

    /// <summary>Scores tile by tile, so that a tile is still in the first-level cache from its scaling to its score.</summary>
    private void Score(ReadOnlySpan<float> rows, FeatureTransform? transform, Span<float> scores)
    {
        int columns = Model.Network.Layout.Columns;
        int inputs = transform?.InputColumns ?? columns;
        int room = ReconstructionTile.MemoryFloats(Model.Network, scores.Length);
        int scaled = transform is null ? 0 : Math.Min(ReconstructionTile.Rows, scores.Length) * columns;
        float[] buffer = ArrayPool<float>.Shared.Rent(room + scaled);
        try
        {
            fixed (float* memory = buffer)
            {
                var tile = new ReconstructionTile(Model.Network, _kernel, Model.InputLimit, scores.Length, memory);
                for (int start = 0; start < scores.Length; start += ReconstructionTile.Rows)
                {
                    int count = Math.Min(ReconstructionTile.Rows, scores.Length - start);
                    var cells = rows.Slice(start * inputs, count * inputs);
                    if (transform is not null)
                    {
                        var target = buffer.AsSpan(room, count * columns);
                        transform.Apply(cells, target);
                        cells = target;
                    }

                    tile.Score(cells, Model.Whitening, scores.Slice(start, count));
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
