using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder;

/// <summary>Passes over rows that sum up their errors, in blocks whose sums are added in order.</summary>
internal sealed unsafe class ErrorPass(DenseNetwork network, float limit, FeatureMatrix data, int[] rows, INetworkKernel kernel)
{
    /// <summary>Rows whose errors are summed up together.</summary>
    public const int BlockRows = 2048;

    private int BlockCount => Blocks.Count(rows.Length, BlockRows);

    /// <summary>Scores the rows: the squared length of their whitened errors.</summary>
    public void Score(ErrorWhitening? whitening, float[] scores, FitContext context) => context.ForBlocks("measuring errors", BlockCount, block =>
    {
        int start = block * BlockRows;
        int end = Math.Min(rows.Length, start + BlockRows);
        var memory = new AlignedFloats(ReconstructionTile.MemoryFloats(network, ReconstructionTile.Rows));
        var tile = new ReconstructionTile(network, kernel, limit, ReconstructionTile.Rows, memory.Pointer);
        var gathered = new float[ReconstructionTile.Rows * data.ColumnCount];
        for (int row = start; row < end; row += ReconstructionTile.Rows)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(ReconstructionTile.Rows, end - row);
            tile.Score(Gather(row, count, gathered), whitening, scores.AsSpan(row, count));
        }

        GC.KeepAlive(memory);
    });

    /// <summary>Σ e eᵀ over the rows that score no worse than a given one, or the sums of squares alone.</summary>
    public double[] Products(float[] scores, float worst, bool diagonal, out int kept, FitContext context)
    {
        int columns = data.ColumnCount;
        var sums = new double[BlockCount][];
        var counts = new int[BlockCount];
        context.ForBlocks("measuring errors", BlockCount, block =>
        {
            int start = block * BlockRows;
            int end = Math.Min(rows.Length, start + BlockRows);
            var sum = new double[diagonal ? columns : columns * columns];
            var memory = new AlignedFloats(ReconstructionTile.MemoryFloats(network, ReconstructionTile.Rows));
            var tile = new ReconstructionTile(network, kernel, limit, ReconstructionTile.Rows, memory.Pointer);
            var gathered = new float[ReconstructionTile.Rows * columns];
            var errors = new float[columns];
            for (int row = start; row < end; row += ReconstructionTile.Rows)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(ReconstructionTile.Rows, end - row);
                tile.Run(Gather(row, count, gathered));
                for (int i = 0; i < count; i++)
                {
                    if (!(scores[row + i] <= worst))
                        continue;
                    counts[block]++;
                    tile.CopyRow(tile.Differences, i, errors);
                    Add(errors, sum, diagonal);
                }
            }

            GC.KeepAlive(memory);
            sums[block] = sum;
        });
        for (int block = 1; block < sums.Length; block++)
        {
            for (int i = 0; i < sums[0].Length; i++)
                sums[0][i] += sums[block][i];
        }

        kept = Math.Max(1, counts.Sum());
        return sums[0];
    }

    private static void Add(ReadOnlySpan<float> errors, double[] sum, bool diagonal)
    {
        if (diagonal)
        {
            for (int j = 0; j < errors.Length; j++)
                sum[j] += (double)errors[j] * errors[j];
            return;
        }

        for (int i = 0; i < errors.Length; i++)
        {
            double error = errors[i];
            var target = sum.AsSpan(i * errors.Length, i + 1);
            for (int j = 0; j < target.Length; j++)
                target[j] += error * errors[j];
        }
    }

    private ReadOnlySpan<float> Gather(int start, int count, float[] target)
    {
        int columns = data.ColumnCount;
        for (int i = 0; i < count; i++)
            data.Cells(rows[start + i]).CopyTo(target.AsSpan(i * columns));
        return target.AsSpan(0, count * columns);
    }
}
