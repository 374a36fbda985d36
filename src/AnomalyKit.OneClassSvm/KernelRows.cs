using System.Numerics;
using System.Runtime.CompilerServices;
using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm;

/// <summary>The training rows in the kernel's scale, and the kernel with its numbers found.</summary>
internal sealed class KernelRows
{
    private const int BlockRows = 4096;

    private readonly FitContext _context;
    private readonly int _blocks;

    private KernelRows(ScaledPoints points, FitContext context)
    {
        Points = points;
        _context = context;
        _blocks = Blocks.Count(points.Count, BlockRows);
        Function = null!;
        Origin = [];
    }

    public ScaledPoints Points { get; }

    public KernelFunction Function { get; private set; }

    public double[] Origin { get; private set; }

    public static KernelRows Prepare(TrainingSet training, SvmKernel kernel, FitContext context)
    {
        int columns = training.Transform.OutputColumns;
        if ((long)training.Raw.RowCount * columns > Array.MaxLength)
            throw new ArgumentException($"{training.Raw.RowCount} rows of {columns} columns as the model sees them do not fit one array. Fit fewer rows.", nameof(training));
        var rows = new KernelRows(ScaledPoints.Allocate(training.Raw.RowCount, columns), context);
        rows.Fill(training);
        double[] means = rows.Sums(AddRow);
        for (int j = 0; j < columns; j++)
            means[j] /= rows.Points.Count;

        rows.Origin = kernel.Kind == SvmKernelKind.Rbf ? means : new double[columns];
        double gamma = kernel.Kind == SvmKernelKind.Linear ? 1 : rows.Gamma(kernel.Gamma, means);
        rows.Function = new KernelFunction(kernel.Kind, gamma, kernel.Degree, kernel.Coef0);
        rows.Scale();
        return rows;
    }

    private void Fill(TrainingSet training) => _context.ForBlocks("scaling", _blocks, block =>
    {
        int start = block * BlockRows;
        int end = Math.Min(start + BlockRows, Points.Count);
        while (start < end)
        {
            var source = training.Raw.ContiguousRows(start, end - start);
            int count = source.Length / training.Raw.ColumnCount;
            if (training.Transform.IsIdentity)
                source.CopyTo(Points.Rows(start, count));
            else
                training.Transform.Apply(source, Points.Rows(start, count));
            start += count;
        }
    });

    private void Scale() => _context.ForBlocks("scaling", _blocks, block =>
    {
        int start = block * BlockRows;
        int count = Math.Min(BlockRows, Points.Count - start);
        var cells = Points.Rows(start, count);
        int columns = Points.Columns;
        for (int at = 0; at < cells.Length; at += columns)
            Function.ScaleRow(cells.Slice(at, columns), Origin, cells.Slice(at, columns));
        Points.SetHalfNorms(Function, start, count);
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(ReadOnlySpan<float> row, double[] sums)
    {
        int j = 0;
        for (; j <= row.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[j..]), out var low, out var high);
            (new Vector<double>(sums, j) + low).CopyTo(sums, j);
            (new Vector<double>(sums, j + Vector<double>.Count) + high).CopyTo(sums, j + Vector<double>.Count);
        }

        for (; j < row.Length; j++)
            sums[j] += row[j];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSquares(ReadOnlySpan<float> row, double mean, double[] sums)
    {
        int j = 0;
        for (; j <= row.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[j..]), out var low, out var high);
            low -= new Vector<double>(mean);
            high -= new Vector<double>(mean);
            (new Vector<double>(sums, j) + (low * low)).CopyTo(sums, j);
            (new Vector<double>(sums, j + Vector<double>.Count) + (high * high)).CopyTo(sums, j + Vector<double>.Count);
        }

        for (; j < row.Length; j++)
            sums[j] += (row[j] - mean) * (row[j] - mean);
    }

    /// <summary>Sums over rows in double, in blocks of fixed size and order.</summary>
    private double[] Sums(RowSum add)
    {
        var partial = new double[_blocks][];
        _context.ForBlocks("scaling", _blocks, block =>
        {
            var sums = new double[Points.Columns];
            int end = (int)Math.Min(Points.Count, (block + 1L) * BlockRows);
            for (int row = block * BlockRows; row < end; row++)
                add(Points.Row(row), sums);
            partial[block] = sums;
        });
        var total = new double[Points.Columns];
        foreach (double[] sums in partial)
        {
            for (int j = 0; j < total.Length; j++)
                total[j] += sums[j];
        }

        return total;
    }

    private double Gamma(KernelGamma gamma, double[] means)
    {
        if (gamma is KernelGamma.Number number)
            return number.Value;
        double squared = gamma == KernelGamma.OverVariance ? Points.Columns * Variance(means)
            : gamma == KernelGamma.MedianHeuristic ? MedianSquaredDistance()
            : Points.Columns;
        // No spread to measure by, or one whose reciprocal is no number.
        return squared > 1e-300 ? 1 / squared : 1.0 / Points.Columns;
    }

    /// <summary>The population variance of all cells.</summary>
    private double Variance(double[] means)
    {
        double grand = means.Sum() / means.Length;
        double[] squares = Sums((row, sums) => AddSquares(row, grand, sums));
        return squares.Sum() / Points.Count / Points.Columns;
    }

    private double MedianSquaredDistance()
    {
        const int Pairs = 10_000;
        var random = new CounterRandom(1);
        var distances = new List<double>(Pairs);
        for (int pair = 0; pair < Pairs; pair++)
        {
            var a = Points.Row(random.NextInt32(Points.Count));
            var b = Points.Row(random.NextInt32(Points.Count));
            double sum = 0;
            for (int j = 0; j < a.Length; j++)
                sum += ((double)a[j] - b[j]) * ((double)a[j] - b[j]);
            if (sum > 0)
                distances.Add(sum);
        }

        distances.Sort();
        return distances.Count == 0 ? 0 : distances[distances.Count / 2];
    }

    private delegate void RowSum(ReadOnlySpan<float> row, double[] sums);
}
