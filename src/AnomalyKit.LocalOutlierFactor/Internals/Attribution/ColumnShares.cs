using System.Buffers;
using System.Runtime.Intrinsics;
using AnomalyKit.LocalOutlierFactor.Metrics;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>Adds up the shares that columns have in the distances of a row from its neighbors.</summary>
/// <remarks>
/// Of a distance d with differences δ a column has the share δ² / d² (Euclidean) or |δ| / d (Manhattan): what the straight line from the neighbor to the row collects of the gradient. Of a Chebyshev distance
/// it has its Shapley value in the game max |δ|, divided by d: the gradient, which knows the largest difference alone, would say nothing of the second largest.
/// </remarks>
internal unsafe ref struct ColumnShares
{
    // Neighbours that are carried back together.
    private const int Together = 32;

    private readonly DistanceMetric _metric;
    private readonly FeatureTransform _transform;
    private readonly bool _isByColumn;
    private readonly int _columns;
    private readonly int _stride;
    private readonly double[] _buffer;
    private readonly int[] _order;
    private readonly Span<double> _image;
    private readonly Span<double> _sums;
    private readonly Span<double> _differences;
    private readonly Span<double> _parts;
    private ReadOnlySpan<float> _row;
    private int _waiting;

    public ColumnShares(DistanceMetric metric, FeatureTransform transform)
    {
        _metric = metric;
        _transform = transform;
        _isByColumn = transform.IsIdentity || transform is ColumnScaling;
        _columns = transform.OutputColumns;
        _stride = ExactFold.Stride(_columns);
        int waiting = ((_isByColumn ? 0 : Together - 1) * _columns) + _stride;
        _buffer = ArrayPool<double>.Shared.Rent((2 * _stride) + (2 * waiting));
        _image = _buffer.AsSpan(0, _stride);
        _sums = _buffer.AsSpan(_stride, _stride);
        _differences = _buffer.AsSpan(2 * _stride, waiting);
        _parts = _buffer.AsSpan((2 * _stride) + waiting, waiting);
        _image.Clear();
        _order = metric == DistanceMetric.Chebyshev ? ArrayPool<int>.Shared.Rent(_columns) : [];
    }

    /// <summary>Begins with a row.</summary>
    public void Begin(ReadOnlySpan<float> row, ReadOnlySpan<float> image)
    {
        _row = row;
        for (int j = 0; j < image.Length; j++)
            _image[j] = image[j];
        _sums.Clear();
    }

    /// <summary>Divides an amount by the distance from a neighbor.</summary>
    /// <param name="neighbor">The neighbor's cells, padded.</param>
    /// <param name="distance">Its distance, above 0.</param>
    /// <param name="amount">What is divided.</param>
    /// <param name="contributions">One number per column of the row.</param>
    public void Add(float* neighbor, double distance, double amount, Span<double> contributions)
    {
        // What one difference, or its square, or the game's part is multiplied by.
        double factor = _metric == DistanceMetric.Euclidean ? amount / (distance * distance) : amount / distance;
        var factors = Vector256.Create(factor);
        fixed (double* image = _image, differences = _differences, parts = _parts, sums = _sums)
        {
            double* part = parts + (_waiting * _columns);
            double* apart = differences + (_waiting * _columns);
            if (_metric == DistanceMetric.Chebyshev)
                MaxGame(neighbor, image, part);
            for (int j = 0; j < _stride; j += ExactFold.Padding)
            {
                var difference = Vector256.Load(image + j) - Vector256.WidenLower(Vector128.Load(neighbor + j).ToVector256Unsafe());
                var share = _metric switch
                {
                    DistanceMetric.Euclidean => difference * difference,
                    DistanceMetric.Manhattan => Vector256.Abs(difference),
                    _ => Vector256.Load(part + j),
                } * factors;
                if (_isByColumn)
                    (Vector256.Load(sums + j) + share).Store(sums + j);
                else
                {
                    difference.Store(apart + j);
                    Vector256.ConditionalSelect(Vector256.Equals(difference, Vector256<double>.Zero), Vector256<double>.Zero, share / difference).Store(part + j);
                }
            }
        }

        if (!_isByColumn && ++_waiting == Together)
            CarryBack(contributions);
    }

    /// <summary>Ends with a row.</summary>
    public void End(Span<double> contributions)
    {
        if (_waiting > 0)
            CarryBack(contributions);
        for (int j = 0; _isByColumn && j < contributions.Length; j++)
            contributions[j] += _sums[j];
    }

    public readonly void Dispose()
    {
        ArrayPool<double>.Shared.Return(_buffer);
        if (_order.Length > 0)
            ArrayPool<int>.Shared.Return(_order);
    }

    private void CarryBack(Span<double> contributions)
    {
        int cells = _waiting * _columns;
        _transform.CarryBackAll(_row, _differences[..cells], _parts[..cells], contributions);
        _waiting = 0;
    }

    /// <summary>
    /// The Shapley values of max |δ| over the columns (S. C. Littlechild, G. Owen, <i>A Simple Expression for the Shapley Value in a Special Case</i>, Management Science 20, 1973): what the sizes rise by from one rank to the next
    /// is shared by all columns from there on.
    /// </summary>
    private readonly void MaxGame(float* neighbor, double* image, double* parts)
    {
        var sizes = new Span<double>(parts, _columns);
        var order = _order.AsSpan(0, _columns);
        for (int j = 0; j < _columns; j++)
        {
            sizes[j] = Math.Abs(image[j] - neighbor[j]);
            order[j] = j;
        }

        sizes.Sort(order);
        double before = 0;
        double sum = 0;
        for (int rank = 0; rank < _columns; rank++)
        {
            double size = sizes[rank];
            sum += (size - before) / (_columns - rank);
            before = size;
            sizes[rank] = sum;
        }

        order.Sort(sizes);
    }
}
