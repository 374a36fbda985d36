using System.Buffers;
using AnomalyKit.Affine;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.CarryingBack;

namespace AnomalyKit.Autoencoder;

/// <summary>Divides reconstruction errors among the columns: column j gets eⱼ [S⁻¹ e]ⱼ / d, or eⱼ² / d where errors are not whitened.</summary>
internal sealed unsafe class AutoencoderAttributor : TransformedAttributor
{
    private static readonly AttributionInfo ByPrecision = new(
        "error-shapley",
        "the score: the whitened reconstruction error",
        isExact: true,
        "M. Mayrhofer, P. Filzmoser: Multivariate outlier explanations using Shapley values and Mahalanobis distances, Econometrics and Statistics, 2023 (of the reconstruction errors)");

    private static readonly AttributionInfo BySquares = new(
        "error-shares",
        "the score: the mean squared reconstruction error",
        isExact: true,
        "S. Hawkins, H. He, G. Williams, R. Baxter: Outlier Detection Using Replicator Neural Networks, DaWaK 2002 (the error of each column)");

    private readonly FittedAutoencoder _fitted;
    private readonly INetworkKernel _kernel;
    private readonly IAffineKernel _affine = AffineKernels.Resolve();
    private readonly ErrorPrecision _precision;
    private readonly int _columns;

    public AutoencoderAttributor(FittedAutoencoder fitted, INetworkKernel kernel, FeatureSchema schema, AttributionOptions options)
        : base(fitted.Transform, schema, options, fitted.Model.Whitening is null ? BySquares : ByPrecision)
    {
        _fitted = fitted;
        _kernel = kernel;
        _columns = fitted.Model.Network.Layout.Columns;
        _precision = new ErrorPrecision(fitted.Model.Whitening, _columns);
    }

    public override int BlockRows => Math.Min(5 * ReconstructionTile.Rows, _fitted.BlockRows);

    public override double ScoreOf(double explained) => (float)Math.Min(explained, float.MaxValue);

    protected override void AttributeImages(ReadOnlySpan<float> rows, ReadOnlySpan<float> images, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        baselines.Clear();
        int inputs = Transform.InputColumns;
        int room = ReconstructionTile.MemoryFloats(_fitted.Model.Network, explained.Length);
        int stride = _precision.Map?.Stride ?? _columns;
        float[] memory = ArrayPool<float>.Shared.Rent(room + (ReconstructionTile.Rows * _columns));
        double[] buffer = ArrayPool<double>.Shared.Rent((ReconstructionTile.Rows * stride) + (4 * (_precision.Map?.InputStride ?? 0)) + _columns);
        var errors = memory.AsSpan(room, ReconstructionTile.Rows * _columns);
        fixed (float* network = memory, source = errors)
        fixed (double* slopes = buffer)
        {
            var tile = new ReconstructionTile(_fitted.Model.Network, _kernel, _fitted.Model.InputLimit, explained.Length, network);
            for (int start = 0; start < explained.Length; start += ReconstructionTile.Rows)
            {
                int count = Math.Min(ReconstructionTile.Rows, explained.Length - start);
                tile.Run(images.Slice(start * _columns, count * _columns));
                for (int i = 0; i < count; i++)
                    tile.CopyRow(tile.Differences, i, errors.Slice(i * _columns, _columns));
                if (_precision.Map is { } map)
                    _affine.Map(map, source, count, slopes, slopes + (ReconstructionTile.Rows * stride));
                for (int i = 0; i < count; i++)
                {
                    int row = start + i;
                    var target = contributions.Slice(row * inputs, inputs);
                    (baselines[row], explained[row]) = AddRow(
                        rows.Slice(row * inputs, inputs),
                        images.Slice(row * _columns, _columns),
                        errors.Slice(i * _columns, _columns),
                        new Span<double>(slopes + (i * stride), _columns),
                        buffer.AsSpan(buffer.Length - _columns),
                        target);
                    if (double.IsFinite(explained[row]))
                        continue;

                    // Weights that no training gives: nothing can be said.
                    target.Clear();
                    explained[row] = baselines[row] = float.MaxValue;
                }
            }
        }

        ArrayPool<float>.Shared.Return(memory);
        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Adds what the columns contribute to one row's score.</summary>
    /// <returns>What columns that never varied in training, and do not now, make of it all the same; and the score.</returns>
    private (double Constant, double Score) AddRow(
        ReadOnlySpan<float> row, ReadOnlySpan<float> image, ReadOnlySpan<float> errors, Span<double> slopes, Span<double> differences, Span<double> contributions)
    {
        for (int j = 0; _precision.Diagonal is { } diagonal && j < slopes.Length; j++)
            slopes[j] = diagonal[j] * errors[j];
        double score = 0;
        for (int j = 0; j < slopes.Length; j++)
        {
            differences[j] = errors[j];
            score += differences[j] * slopes[j];
        }

        double constant = _fitted.Model.Constants.TakeOut(image, differences, slopes);
        Transform.CarryBack(row, differences, slopes, contributions);
        return (constant, score);
    }
}
