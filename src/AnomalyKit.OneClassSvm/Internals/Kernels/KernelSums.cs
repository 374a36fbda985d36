using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using AnomalyKit.Numerics;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>Weighted sums of kernel values over points: decision values and gradients.</summary>
internal sealed unsafe class KernelSums
{
    private readonly KernelFunction _function;
    private readonly IKernelEngine _engine;
    private readonly PointPanels? _points;
    private readonly double[] _weights;

    public KernelSums(KernelFunction function, IKernelEngine engine, ScaledPoints points, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights)
    {
        _function = function;
        _engine = engine;
        if (function.Kind == SvmKernelKind.Linear)
        {
            // Products are linear: all points become one.
            _weights = GC.AllocateArray<double>(points.Columns, pinned: true);
            for (int i = 0; i < rows.Length; i++)
                AddScaled(_weights, weights[i], points.Row(rows[i]));
            return;
        }

        _points = new PointPanels(points, rows, engine);
        _weights = GC.AllocateArray<double>(_points.PaddedCount, pinned: true);
        weights.CopyTo(_weights);
    }

    /// <summary>Rows whose sums take up to 270 million multiply-adds: ten milliseconds or so. The points pass through the caches once for each 48 of them.</summary>
    public int BlockRows
    {
        get
        {
            long perRow = _points is null ? _weights.Length : (long)_points.PaddedCount * (_points.Columns + 16);
            return (int)Math.Clamp((1L << 28) / perRow, KernelEngine.TileRows, 42 * KernelEngine.TileRows) / KernelEngine.TileRows * KernelEngine.TileRows;
        }
    }

    /// <summary>The sums of scaled rows, on the calling thread, without allocating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(float* rows, float* halfNorms, int rowCount, double* sums)
    {
        if (_points is null)
        {
            Linear(rows, rowCount, sums);
            return;
        }

        const int StepRows = 8 * KernelEngine.TileRows;
        float[] scratch = ArrayPool<float>.Shared.Rent(_engine.ScratchFloats);
        double[] partial = ArrayPool<double>.Shared.Rent(StepRows * PointPanels.Granule);
        try
        {
            fixed (float* values = scratch)
            fixed (double* lanes = partial, weights = _weights)
            {
                for (int start = 0; start < rowCount; start += StepRows)
                {
                    int count = Math.Min(StepRows, rowCount - start);
                    _engine.AddSums(
                        _function, rows + ((long)start * _points.Columns), halfNorms + start, count, _points, weights, values, lanes);
                    for (int i = 0; i < count; i++)
                        sums[start + i] = lanes[i * PointPanels.Granule];
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
            ArrayPool<double>.Shared.Return(partial);
        }
    }

    /// <summary>The sums of all of some points, added to or set in an array, on several threads.</summary>
    public void Compute(ScaledPoints rows, double[] sums, bool add, int threads, Action<double>? progress, CancellationToken cancellationToken)
    {
        int blockRows = BlockRows;
        int blocks = Blocks.Count(rows.Count, blockRows);
        int done = 0;
        ParallelBlocks.For(
            blocks,
            threads,
            block =>
            {
                int start = block * blockRows;
                int count = Math.Min(blockRows, rows.Count - start);
                double* values = stackalloc double[count];
                Compute(rows.Cells + ((long)start * rows.Columns), rows.HalfNorms + start, count, values);
                for (int i = 0; i < count; i++)
                    sums[start + i] = add ? sums[start + i] + values[i] : values[i];
                if ((block & 63) == 0)
                    progress?.Invoke((double)Interlocked.Add(ref done, 64) / blocks);
            },
            cancellationToken);
    }

    /// <summary>sums += factor · row, each element rounded alike at any vector width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(Span<double> sums, double factor, ReadOnlySpan<float> row)
    {
        int k = 0;
        for (; k <= row.Length - Vector<float>.Count; k += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[k..]), out var low, out var high);
            var second = sums[(k + Vector<double>.Count)..];
            (new Vector<double>(sums[k..]) + (low * factor)).CopyTo(sums[k..]);
            (new Vector<double>(second) + (high * factor)).CopyTo(second);
        }

        for (; k < row.Length; k++)
            sums[k] += factor * row[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Linear(float* rows, int rowCount, double* sums)
    {
        int columns = _weights.Length;
        int row = 0;
        // Four chains side by side: one alone waits for each of its sums.
        for (; row <= rowCount - 4; row += 4, rows += 4L * columns)
        {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            for (int k = 0; k < columns; k++)
            {
                double weight = _weights[k];
                a = Math.FusedMultiplyAdd(weight, rows[k], a);
                b = Math.FusedMultiplyAdd(weight, rows[columns + k], b);
                c = Math.FusedMultiplyAdd(weight, rows[(2L * columns) + k], c);
                d = Math.FusedMultiplyAdd(weight, rows[(3L * columns) + k], d);
            }

            sums[row] = a;
            sums[row + 1] = b;
            sums[row + 2] = c;
            sums[row + 3] = d;
        }

        for (; row < rowCount; row++, rows += columns)
        {
            double sum = 0;
            for (int k = 0; k < columns; k++)
                sum = Math.FusedMultiplyAdd(_weights[k], rows[k], sum);
            sums[row] = sum;
        }
    }
}
