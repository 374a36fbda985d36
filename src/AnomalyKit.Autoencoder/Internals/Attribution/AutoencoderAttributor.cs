using System.Buffers;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.CarryingBack;

namespace AnomalyKit.Autoencoder;

/// <summary>Divides a row's score among the columns in proportion to their squared reconstruction errors.</summary>
internal sealed unsafe class AutoencoderAttributor : TransformedAttributor
{
    private static readonly AttributionInfo Description = new(
        "error-shares",
        "the score: the reconstruction error",
        isExact: true,
        "S. Hawkins, H. He, G. Williams, R. Baxter: Outlier Detection Using Replicator Neural Networks, DaWaK 2002 (the error of each column)");

    private readonly DenseNetwork _network;
    private readonly float _limit;
    private readonly ErrorWhitening? _whitening;
    private readonly ConstantInputs _constants;
    private readonly INetworkKernel _kernel;
    private readonly int _columns;
    private readonly bool _isByColumn;

    public AutoencoderAttributor(
        FeatureTransform transform,
        DenseNetwork network,
        float limit,
        ErrorWhitening? whitening,
        ConstantInputs constants,
        INetworkKernel kernel,
        FeatureSchema schema,
        AttributionOptions options)
        : base(transform, schema, options, Description)
    {
        _network = network;
        _limit = limit;
        _whitening = whitening;
        _constants = constants;
        _kernel = kernel;
        _columns = network.Layout.Columns;
        _isByColumn = transform.IsIdentity || transform is ColumnScaling;
    }

    public override int BlockRows
    {
        get
        {
            long products = _network.Layout.Products + (_whitening is { IsDiagonal: false } ? (long)_columns * _columns : 0);
            return (int)Math.Clamp((1L << 28) / products / ReconstructionTile.Rows, 1, 6) * ReconstructionTile.Rows;
        }
    }

    protected override void AttributeImages(ReadOnlySpan<float> rows, ReadOnlySpan<float> images, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        baselines.Clear();
        int inputs = Transform.InputColumns;
        float[] memory = ArrayPool<float>.Shared.Rent(ReconstructionTile.MemoryFloats(_network, explained.Length));
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * _columns);
        Span<float> scores = stackalloc float[ReconstructionTile.Rows];
        fixed (float* network = memory)
        {
            var tile = new ReconstructionTile(_network, _kernel, _limit, explained.Length, network);
            for (int start = 0; start < explained.Length; start += ReconstructionTile.Rows)
            {
                int count = Math.Min(ReconstructionTile.Rows, explained.Length - start);
                tile.Run(images.Slice(start * _columns, count * _columns));
                tile.ScoreDifferences(_whitening, scores[..count]);
                for (int i = 0; i < count; i++)
                {
                    int row = start + i;
                    var target = contributions.Slice(row * inputs, inputs);
                    explained[row] = scores[i];
                    var image = images.Slice(row * _columns, _columns);
                    bool isDivided = _isByColumn
                        ? Divide(tile, i, scores[i], image, target)
                        : CarryBack(tile, i, scores[i], image, rows.Slice(row * inputs, inputs), buffer.AsSpan(0, 2 * _columns), target);
                    if (!isDivided)
                        baselines[row] = scores[i];
                }
            }
        }

        ArrayPool<float>.Shared.Return(memory);
        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Divides a score by the squares of one row's errors, those of inputs that never varied left out where the row keeps the constant.</summary>
    /// <returns>Whether there was anything to divide by: errors that a network without finite weights makes are no numbers.</returns>
    private bool Divide(ReconstructionTile tile, int row, float score, ReadOnlySpan<float> image, Span<double> shares)
    {
        float* errors = tile.Differences + row;

        // Two chains side by side: one alone waits for each of its sums.
        double even = 0;
        double odd = 0;
        int j = 0;
        for (; j < shares.Length - 1; j += 2, errors += 2 * tile.Stride)
        {
            double first = (double)errors[0] * errors[0];
            double second = (double)errors[tile.Stride] * errors[tile.Stride];
            shares[j] = first;
            shares[j + 1] = second;
            even += first;
            odd += second;
        }

        if (j < shares.Length)
            even += shares[j] = (double)errors[0] * errors[0];
        double total = _constants.Count == 0 ? even + odd : _constants.LeaveOut(image, shares);
        double factor = score / total;
        if (!double.IsFinite(factor) || !double.IsFinite(total))
        {
            shares.Clear();
            return false;
        }

        foreach (ref double share in shares)
            share *= factor;
        return true;
    }

    private bool CarryBack(
        ReconstructionTile tile, int row, float score, ReadOnlySpan<float> image, ReadOnlySpan<float> source, Span<double> buffer, Span<double> contributions)
    {
        var differences = buffer[.._columns];
        var multipliers = buffer[_columns..];
        if (!Divide(tile, row, score, image, multipliers))
            return false;
        for (int j = 0; j < _columns; j++)
        {
            differences[j] = tile.Differences[(j * tile.Stride) + row];
            multipliers[j] = differences[j] == 0 ? 0 : multipliers[j] / differences[j];
        }

        Transform.CarryBack(source, differences, multipliers, contributions);
        return true;
    }
}
