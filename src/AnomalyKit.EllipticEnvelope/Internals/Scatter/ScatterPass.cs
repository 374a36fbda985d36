using AnomalyKit.Affine;
using AnomalyKit.EllipticEnvelope.Kernels;
using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Passes over rows: their distances in a map, and the scatter of those that are near enough.</summary>
/// <remarks>
/// Rows are cut into blocks that depend on the shape of the data alone, and the blocks' sums are added in order: the thread count changes nothing.
/// Within a block selected images are packed and added up in panels of <see cref="PanelRows"/> rows.
/// </remarks>
internal sealed unsafe class ScatterPass(FeatureMatrix rows, IRowKernel kernel, int threads, CancellationToken cancellationToken)
{
    private const int PanelRows = 64;
    private const int LeastBlockRows = 4096;
    private const int PartialSumsLimit = 1 << 23;

    public FeatureMatrix Rows => rows;

    /// <summary>The number of rows, or the sum of their weights.</summary>
    public double Total { get; } = rows.HasWeights ? FixedSum.Of(rows.Weights.Span) : rows.RowCount;

    public IRowKernel Kernel => kernel;

    public int Threads => threads;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Finds all rows' distances, and the scatter of the rows nearer than a bound.</summary>
    public Scatter Run(AffineMap map, double bound, double[]? distances)
    {
        int blockRows = BlockRows(rows.RowCount, map.Stride);
        var partial = new Scatter[Blocks.Count(rows.RowCount, blockRows)];
        ParallelBlocks.For(
            partial.Length,
            threads,
            block =>
            {
                int start = block * blockRows;
                int end = Math.Min(rows.RowCount, start + blockRows);
                var packer = new Packer(map, kernel);
                while (start < end)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var cells = rows.ContiguousCells(start, Math.Min(PanelRows, end - start));
                    int count = cells.Length / map.InputColumns;
                    packer.Add(cells, count, bound, rows.HasWeights ? rows.Weights.Span.Slice(start, count) : default, distances is null ? default : distances.AsSpan(start, count));
                    start += count;
                }

                partial[block] = packer.Finish();
            },
            cancellationToken);
        return Merge(partial, map.Stride);
    }

    /// <summary>The scatter of given rows, each of which counts once, or as often as its weight says.</summary>
    public Scatter Of(AffineMap map, ReadOnlyMemory<int> chosen, ReadOnlyMemory<double> weights = default)
    {
        int blockRows = BlockRows(chosen.Length, map.Stride);
        var partial = new Scatter[Blocks.Count(chosen.Length, blockRows)];
        int columns = map.InputColumns;
        ParallelBlocks.For(
            partial.Length,
            threads,
            block =>
            {
                int start = block * blockRows;
                var own = chosen.Span.Slice(start, Math.Min(blockRows, chosen.Length - start));
                var packer = new Packer(map, kernel);
                int left = chosen.Length - start;
                var gathered = new float[Math.Min(PanelRows, own.Length) * columns];
                while (!own.IsEmpty)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    int count = Math.Min(PanelRows, own.Length);
                    for (int i = 0; i < count; i++)
                        rows.Cells(own[i]).CopyTo(gathered.AsSpan(i * columns, columns));
                    var ownWeights = weights.IsEmpty ? default : weights.Span.Slice(chosen.Length - left, count);
                    packer.Add(gathered.AsSpan(0, count * columns), count, double.PositiveInfinity, ownWeights, default);
                    left -= count;
                    own = own[count..];
                }

                partial[block] = packer.Finish();
            },
            cancellationToken);
        return Merge(partial, map.Stride);
    }

    private static Scatter Merge(Scatter[] partial, int stride)
    {
        var total = new Scatter(stride);
        foreach (var scatter in partial)
            total.Add(scatter);
        return total;
    }

    private static int BlockRows(int count, int stride)
    {
        int blocks = (int)Math.Clamp(PartialSumsLimit / ((long)stride * stride), 8, 1024);
        return Math.Max(LeastBlockRows, Blocks.Count(count, blocks));
    }

    /// <summary>Maps tiles of rows and adds up the products of the near ones, panel by panel.</summary>
    private sealed class Packer(AffineMap map, IRowKernel kernel)
    {
        private readonly Scatter _scatter = new(map.Stride);
        private readonly double[] _images = new double[PanelRows * map.Stride];
        private readonly double[] _panel = new double[PanelRows * map.Stride];
        private readonly double[] _scratch = new double[4 * map.InputStride];
        private readonly double[] _lengths = new double[PanelRows];
        private double[]? _weightedSums;
        private double _weight;
        private int _packed;

        public void Add(ReadOnlySpan<float> cells, int count, double bound, ReadOnlySpan<double> weights, Span<double> distances)
        {
            fixed (float* source = cells)
            fixed (double* images = _images, scratch = _scratch, lengths = _lengths)
            {
                kernel.Map(map, source, count, images, scratch);
                kernel.SquaredLengths(images, count, map.Stride, lengths);
            }

            if (!distances.IsEmpty)
                _lengths.AsSpan(0, count).CopyTo(distances);
            int stride = map.Stride;
            for (int i = 0; i < count; i++)
            {
                if (!(_lengths[i] < bound))
                    continue;
                var image = _images.AsSpan(i * stride, stride);
                if (weights.IsEmpty)
                    image.CopyTo(_panel.AsSpan(_packed * stride, stride));
                else
                    Weigh(image, weights[i], _panel.AsSpan(_packed * stride, stride));
                if (++_packed == PanelRows)
                    Flush();
            }
        }

        public Scatter Finish()
        {
            Flush();
            if (_weightedSums is not null)
            {
                _weightedSums.CopyTo(_scatter.Sums, 0);
                _scatter.Count = _weight;
            }

            return _scatter;
        }

        /// <summary>Products of images that are scaled by the roots of their weights are weighted; sums are weighted by themselves.</summary>
        private void Weigh(ReadOnlySpan<double> image, double weight, Span<double> scaled)
        {
            _weightedSums ??= new double[map.Stride];
            double root = Math.Sqrt(weight);
            for (int j = 0; j < image.Length; j++)
            {
                scaled[j] = root * image[j];
                _weightedSums[j] += weight * image[j];
            }

            _weight += weight;
        }

        private void Flush()
        {
            if (_packed == 0)
                return;
            fixed (double* panel = _panel, products = _scatter.Products, sums = _scatter.Sums)
                kernel.AddProducts(panel, _packed, map.Stride, products, sums);
            _scatter.Count += _packed;
            _packed = 0;
        }
    }
}
