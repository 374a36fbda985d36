using System.Buffers;
using System.Runtime.Intrinsics;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.CarryingBack;

namespace AnomalyKit.Autoencoder;

/// <summary>Divides a row's score among the columns in proportion to their squared reconstruction errors.</summary>
internal sealed unsafe class AutoencoderAttributor : TransformedAttributor
{
    /// <summary>Rows side by side; tiles are padded to more.</summary>
    private const int Lanes = 4;

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
        double[] buffer = ArrayPool<double>.Shared.Rent((Lanes + 2) * _columns);
        var squares = buffer.AsSpan(0, Lanes * _columns);
        Span<float> scores = stackalloc float[ReconstructionTile.Rows];
        fixed (float* network = memory)
        {
            var tile = new ReconstructionTile(_network, _kernel, _limit, explained.Length, network);
            for (int start = 0; start < explained.Length; start += ReconstructionTile.Rows)
            {
                int count = Math.Min(ReconstructionTile.Rows, explained.Length - start);
                tile.Run(images.Slice(start * _columns, count * _columns));
                tile.ScoreDifferences(_whitening, scores[..count]);
                for (int i = 0; i < count; i += Lanes)
                {
                    var totals = Squares(tile, i, squares);
                    for (int lane = 0; lane < Math.Min(Lanes, count - i); lane++)
                    {
                        int row = start + i + lane;
                        var target = contributions.Slice(row * inputs, inputs);
                        explained[row] = scores[i + lane];
                        double total = _constants.Count == 0 ? totals[lane] : _constants.LeaveOut(images.Slice(row * _columns, _columns), squares[lane..], Lanes);
                        double factor = explained[row] / total;

                        // Nothing to divide by: no error, or errors that a network without finite weights makes.
                        if (!double.IsFinite(factor) || !double.IsFinite(total))
                            baselines[row] = explained[row];
                        else if (_isByColumn)
                            Divide(squares[lane..], factor, target);
                        else
                            CarryBack(tile, i + lane, squares[lane..], factor, rows.Slice(row * inputs, inputs), buffer.AsSpan(squares.Length, 2 * _columns), target);
                    }
                }
            }
        }

        ArrayPool<float>.Shared.Return(memory);
        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Squares the errors of four rows, side by side; the sums do not depend on the vector width.</summary>
    private Vector256<double> Squares(ReconstructionTile tile, int row, Span<double> squares)
    {
        var sum = Vector256<double>.Zero;
        float* errors = tile.Differences + row;
        fixed (double* target = squares)
        {
            for (int j = 0; j < _columns; j++, errors += tile.Stride)
            {
                var error = Vector256.WidenLower(Vector128.Load(errors).ToVector256Unsafe());
                var square = error * error;
                sum += square;
                square.Store(target + (j * Lanes));
            }
        }

        return sum;
    }

    private static void Divide(ReadOnlySpan<double> squares, double factor, Span<double> shares)
    {
        int at = 0;
        for (int j = 0; j < shares.Length; j++, at += Lanes)
            shares[j] = squares[at] * factor;
    }

    private void CarryBack(
        ReconstructionTile tile, int row, ReadOnlySpan<double> squares, double factor, ReadOnlySpan<float> source, Span<double> buffer, Span<double> contributions)
    {
        var differences = buffer[.._columns];
        var multipliers = buffer[_columns..];
        for (int j = 0; j < _columns; j++)
        {
            differences[j] = squares[j * Lanes] == 0 ? 0 : tile.Differences[(j * tile.Stride) + row];
            multipliers[j] = factor * differences[j];
        }

        Transform.CarryBack(source, differences, multipliers, contributions);
    }
}
