using AnomalyKit.Autoencoder;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Persistence;

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
public sealed class AutoencoderDetector : AnomalyDetector<AutoencoderDetector>, IDetectorKind<AutoencoderDetector>
{
    private readonly FittedAutoencoder _fitted;
    private readonly AutoencoderModel _model;

    internal AutoencoderDetector(DetectorFrame frame, AutoencoderModel model, INetworkKernel kernel)
        : this(frame, new FittedAutoencoder(frame.Transform, model, kernel))
    {
    }

    private AutoencoderDetector(DetectorFrame frame, FittedAutoencoder fitted)
        : base(frame, fitted)
    {
        _fitted = fitted;
        _model = fitted.Model;
    }

    static string IDetectorKind<AutoencoderDetector>.Kind => FittedAutoencoder.KindName;

    /// <summary>The widths of the hidden layers, for example 16-8-16. The input and the output have <c>Transform.OutputColumns</c> units.</summary>
    public LayerWidths HiddenWidths => LayerWidths.Between(_model.Network.Layout.Widths);

    /// <summary>How the errors of a row become its score.</summary>
    public ErrorMeasure Measure => _model.Whitening is null ? ErrorMeasure.MeanSquare : ErrorMeasure.Whitened;

    /// <summary>The network sees scaled cells clipped to ± this value; errors are taken from the cells themselves.</summary>
    public double MaxInputMagnitude => _model.InputLimit;

    /// <summary>How training went: losses and learning rate of each epoch, in order.</summary>
    public IReadOnlyList<AutoencoderEpoch> History => _model.Epochs;

    internal AutoencoderModel Model => _model;

    /// <summary>Passes rows through the network and gives its outputs, in the units of the scaled rows. Scores measure how far they are from the scaled rows.</summary>
    /// <param name="values">Row-major values of the detector's columns.</param>
    /// <param name="reconstructions">Receives as many rows of <c>Transform.OutputColumns</c> cells.</param>
    /// <exception cref="ArgumentException">The values are not a whole number of rows, or the destination does not fit them.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite.</exception>
    public void Reconstruct(ReadOnlySpan<float> values, Span<float> reconstructions) => Reconstruct(values, reconstructions, nameof(reconstructions), errors: false);

    /// <summary>The scaled row minus its reconstruction, column by column: it shows which columns make a row anomalous.</summary>
    /// <param name="values">Row-major values of the detector's columns.</param>
    /// <param name="errors">Receives as many rows of <c>Transform.OutputColumns</c> cells, in the units of the scaled rows.</param>
    /// <exception cref="ArgumentException">The values are not a whole number of rows, or the destination does not fit them.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite.</exception>
    public void ReconstructionErrors(ReadOnlySpan<float> values, Span<float> errors) => Reconstruct(values, errors, nameof(errors), errors: true);

    static AutoencoderDetector IDetectorKind<AutoencoderDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (FittedAutoencoder)model);

    static DetectorModel IDetectorKind<AutoencoderDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new FittedAutoencoder(frame.Transform, AutoencoderModel.Read(reader, frame.Transform.OutputColumns), NetworkKernels.Resolve());

    private void Reconstruct(ReadOnlySpan<float> values, Span<float> destination, string destinationName, bool errors)
    {
        var rows = EncodedRows.Encode(values, Schema, Schema.HasOffsets ? new float[values.Length] : []);
        int columns = Transform.OutputColumns;
        if (destination.Length != (long)rows.RowCount * columns)
        {
            throw new ArgumentException(
                $"Room for {destination.Length} cells; {rows.RowCount} rows of {columns} columns take {(long)rows.RowCount * columns}.", destinationName);
        }

        _fitted.Reconstruct(rows, destination, errors);
    }
}
