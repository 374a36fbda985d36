using AnomalyKit.EllipticEnvelope.Kernels;
using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Mean and population standard deviation of every column, in double, over blocks of fixed size merged in order.</summary>
/// <remarks>Two passes a block, merged by T. F. Chan, G. H. Golub, R. J. LeVeque (1983). Values are taken from the first row, so a constant column has exactly no spread.</remarks>
internal sealed class ColumnMoments
{
    private const int BlockRows = 4096;

    public ColumnMoments(FeatureMatrix data, IRowKernel kernel, int threads, CancellationToken cancellationToken)
    {
        int columns = data.ColumnCount;
        var origin = new double[columns];
        var first = data.Cells(0);
        for (int j = 0; j < columns; j++)
            origin[j] = first[j];

        int blocks = Blocks.Count(data.RowCount, BlockRows);
        var partial = new (double[] Mean, double[] Squares)[blocks];
        ParallelBlocks.For(blocks, threads, block => partial[block] = OfBlock(data, kernel, block, origin), cancellationToken);

        var mean = new double[columns];
        var squares = new double[columns];
        double count = 0;
        for (int block = 0; block < blocks; block++)
        {
            double added = CountOf(data, block);
            double total = count + added;
            for (int j = 0; j < columns; j++)
            {
                double difference = partial[block].Mean[j] - mean[j];
                mean[j] += difference * (added / total);
                squares[j] += partial[block].Squares[j] + (difference * difference * (count * added / total));
            }

            count = total;
        }

        Mean = mean;
        Deviation = squares;
        for (int j = 0; j < columns; j++)
        {
            mean[j] += origin[j];
            Deviation[j] = Math.Sqrt(squares[j] / count);
        }
    }

    public double[] Mean { get; }

    /// <summary>Zero exactly where the column is constant.</summary>
    public double[] Deviation { get; }

    /// <summary>The rows of a block, or the sum of their weights.</summary>
    private static double CountOf(FeatureMatrix data, int block)
    {
        int start = block * BlockRows;
        int count = Math.Min(data.RowCount - start, BlockRows);
        return data.HasWeights ? FixedSum.Of(data.Weights.Span.Slice(start, count)) : count;
    }

    private static void AddWeighted(FeatureMatrix data, int start, int end, double[] from, double[] sums, bool squared)
    {
        var weights = data.Weights.Span;
        for (int row = start; row < end; row++)
        {
            var cells = data.Cells(row);
            for (int j = 0; j < sums.Length; j++)
            {
                double value = cells[j] - from[j];
                sums[j] += weights[row] * (squared ? value * value : value);
            }
        }
    }

    private static unsafe (double[] Mean, double[] Squares) OfBlock(FeatureMatrix data, IRowKernel kernel, int block, double[] origin)
    {
        int columns = data.ColumnCount;
        int start = block * BlockRows;
        int end = (int)Math.Min(data.RowCount, (block + 1L) * BlockRows);
        var mean = new double[columns];
        Add(origin, mean, squared: false);
        var center = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            mean[j] /= CountOf(data, block);
            center[j] = origin[j] + mean[j];
        }

        var squares = new double[columns];
        Add(center, squares, squared: true);
        for (int j = 0; j < columns; j++)
        {
            // What rounding the center left over: exactly nothing in a constant column.
            mean[j] = center[j] - origin[j];
        }

        return (mean, squares);

        void Add(double[] from, double[] sums, bool squared)
        {
            if (data.HasWeights)
            {
                AddWeighted(data, start, end, from, sums, squared);
                return;
            }

            fixed (double* subtrahend = from, target = sums)
            {
                for (int row = start; row < end;)
                {
                    var cells = data.ContiguousCells(row, end - row);
                    int count = cells.Length / columns;
                    fixed (float* source = cells)
                        kernel.AddColumns(source, count, columns, subtrahend, target, squared);
                    row += count;
                }
            }
        }
    }
}
