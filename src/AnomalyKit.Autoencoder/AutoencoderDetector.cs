using System.Buffers;
using AnomalyKit.Autoencoder;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Persistence;
using AnomalyKit.Simd;

namespace AnomalyKit;

/// <summary>A fitted autoencoder. Its score is the reconstruction error of a row, by default measured by how large errors of ordinary rows are.</summary>
/// <remarks>
/// <para>
/// N. Japkowicz, C. Myers, M. Gluck, <i>A Novelty Detection Approach to Classification</i>, IJCAI 1995; S. Hawkins, H. He, G. Williams, R. Baxter, <i>Outlier
/// Detection Using Replicator Neural Networks</i>, DaWaK 2002. Scores lie in [0, ∞); see <see cref="ErrorMeasure"/> for what they are. They are computed in
/// float32; all vector widths give the same bits.
/// </para>
/// <para>Immutable and safe for any number of threads. Scoring is managed code whatever trained the network.</para>
/// </remarks>
public sealed unsafe class AutoencoderDetector : AnomalyDetector
{
    internal const string KindName = "autoencoder";

    private static readonly DetectorInfo Description = new(
        KindName,
        "the reconstruction error e of a row over d columns: e'e / d, or e' S^-1 e / d with S the covariance of ordinary rows' errors",
        0,
        double.PositiveInfinity,
        "S. Hawkins, H. He, G. Williams, R. Baxter: Outlier Detection Using Replicator Neural Networks, DaWaK 2002");

    private static readonly ModelCatalog OwnCatalog = new([Format]);

    private const int WholeTiles = 4096 / ReconstructionTile.Rows * ReconstructionTile.Rows;

    private readonly AutoencoderModel _model;
    private readonly INetworkKernel _kernel;

    internal AutoencoderDetector(DetectorFrame frame, AutoencoderModel model, INetworkKernel kernel)
        : base(frame)
    {
        _model = model;
        _kernel = kernel;
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    /// <summary>The widths of the hidden layers, for example 16-8-16. The input and the output have <c>Transform.OutputColumns</c> units.</summary>
    public LayerWidths HiddenWidths => LayerWidths.Between(_model.Network.Layout.Widths);

    /// <summary>How the errors of a row become its score.</summary>
    public ErrorMeasure Measure => _model.Whitening is null ? ErrorMeasure.MeanSquare : ErrorMeasure.Whitened;

    /// <summary>The network sees scaled cells clipped to ± this value; errors are taken from the cells themselves.</summary>
    public double MaxInputMagnitude => _model.InputLimit;

    /// <summary>How training went: losses and learning rate of each epoch, in order.</summary>
    public IReadOnlyList<AutoencoderEpoch> History => _model.Epochs;

    internal AutoencoderModel Model => _model;

    /// <summary>Loads an autoencoder from a file. For files of any kind of detector, use <c>DetectorFile.Load</c> of the package AnomalyKit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The autoencoder.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, no autoencoder, or of a newer format.</exception>
    public static AutoencoderDetector Load(string path) => (AutoencoderDetector)OwnCatalog.Load(path);

    /// <summary>Loads an autoencoder from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The autoencoder.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, no autoencoder, or of a newer format.</exception>
    public static AutoencoderDetector Load(Stream source) => (AutoencoderDetector)OwnCatalog.Load(source);

    /// <summary>The same autoencoder with another threshold, without refitting.</summary>
    /// <inheritdoc/>
    public override AutoencoderDetector WithThreshold(double threshold) => (AutoencoderDetector)base.WithThreshold(threshold);

    /// <summary>Passes rows through the network and gives its outputs, in the units of the scaled rows. Scores measure how far they are from the scaled rows.</summary>
    /// <param name="rows">Row-major cells in the detector's schema.</param>
    /// <param name="reconstructions">Receives as many rows of <c>Transform.OutputColumns</c> cells.</param>
    /// <exception cref="ArgumentException">The cells are not a whole number of rows, or the destination has another length than they need.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public void Reconstruct(ReadOnlySpan<float> rows, Span<float> reconstructions) => Run(rows, reconstructions, nameof(reconstructions), errors: false);

    /// <summary>The scaled row minus its reconstruction, column by column: it shows which columns make a row anomalous.</summary>
    /// <param name="rows">Row-major cells in the detector's schema.</param>
    /// <param name="errors">Receives as many rows of <c>Transform.OutputColumns</c> cells, in the units of the scaled rows.</param>
    /// <exception cref="ArgumentException">The cells are not a whole number of rows, or the destination has another length than they need.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public void ReconstructionErrors(ReadOnlySpan<float> rows, Span<float> errors) => Run(rows, errors, nameof(errors), errors: true);

    /// <inheritdoc/>
    protected override int BlockRows
    {
        get
        {
            int columns = _model.Network.Layout.Columns;
            long products = _model.Network.Layout.Products + (_model.Whitening is { IsDiagonal: false } ? (long)columns * columns : 0);
            return (int)Math.Clamp((1L << 28) / products / ReconstructionTile.Rows * ReconstructionTile.Rows, ReconstructionTile.Rows, WholeTiles);
        }
    }

    /// <inheritdoc/>
    protected override void ScoreRows(ReadOnlySpan<float> rows, Span<float> scores)
    {
        if (Transform.IsIdentity)
            base.ScoreRows(rows, scores);
        else
            Score(rows, Transform, scores);
    }

    /// <inheritdoc/>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int columns = _model.Network.Layout.Columns;
        if (rows.Length != (long)scores.Length * columns)
            throw new ArgumentException($"{rows.Length} cells for {scores.Length} rows of {columns} columns.", nameof(rows));
        Score(rows, null, scores);
    }

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new AutoencoderDetector(frame, _model, _kernel);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer) => _model.WriteTo(writer);

    private static AutoencoderDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, AutoencoderModel.Read(reader, frame.Transform.OutputColumns), NetworkKernels.Resolve());

    /// <summary>Scores tile by tile, so that a tile is still in the first-level cache from its scaling to its score.</summary>
    private void Score(ReadOnlySpan<float> rows, FeatureTransform? transform, Span<float> scores)
    {
        int columns = _model.Network.Layout.Columns;
        int inputs = transform?.InputColumns ?? columns;
        int room = ReconstructionTile.MemoryFloats(_model.Network, scores.Length);
        int scaled = transform is null ? 0 : Math.Min(ReconstructionTile.Rows, scores.Length) * columns;
        float[] buffer = ArrayPool<float>.Shared.Rent(room + scaled);
        try
        {
            fixed (float* memory = buffer)
            {
                var tile = new ReconstructionTile(_model.Network, _kernel, _model.InputLimit, scores.Length, memory);
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

                    tile.Score(cells, _model.Whitening, scores.Slice(start, count));
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private void Run(ReadOnlySpan<float> rows, Span<float> destination, string destinationName, bool errors)
    {
        int inputs = Schema.ColumnCount;
        int columns = _model.Network.Layout.Columns;
        int count = rows.Length / inputs;
        if (rows.Length % inputs != 0)
            throw new ArgumentException($"{rows.Length} cells are no whole rows of the {inputs} columns that the detector was fitted on.", nameof(rows));
        if (destination.Length != (long)count * columns)
            throw new ArgumentException($"Room for {destination.Length} cells; {count} rows of {columns} columns take {(long)count * columns}.", destinationName);
        // Scoring refuses what is not finite, by row and column.
        Score(rows, new float[count]);
        var scaled = new float[destination.Length];
        Transform.Apply(rows, scaled);
        var memory = new AlignedFloats(ReconstructionTile.MemoryFloats(_model.Network, count));
        var tile = new ReconstructionTile(_model.Network, _kernel, _model.InputLimit, count, memory.Pointer);
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
}
