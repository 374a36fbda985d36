using System.Numerics;
using System.Runtime.CompilerServices;
using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm;

/// <summary>Sums over rows in double, column by column, in blocks of fixed size and order.</summary>
internal static class ColumnSums
{
    /// <summary>The mean of each column.</summary>
    public static double[] Means(ScaledPoints points, ReadOnlyMemory<double> weights, FitContext context)
    {
        double[] means = weights.IsEmpty ? Of(points, (row, _, sums) => AddRow(row, sums), context) : Of(points, (row, i, sums) => AddWeighted(row, weights.Span[i], sums), context);
        double count = Count(points, weights);
        for (int j = 0; j < means.Length; j++)
            means[j] /= count;
        return means;
    }

    /// <summary>The population variance of all cells, given the columns' means.</summary>
    public static double Variance(ScaledPoints points, double[] means, ReadOnlyMemory<double> weights, FitContext context)
    {
        double grand = means.Sum() / means.Length;
        double[] squares = weights.IsEmpty
            ? Of(points, (row, _, sums) => AddSquares(row, grand, sums), context)
            : Of(points, (row, i, sums) => AddWeightedSquares(row, weights.Span[i], grand, sums), context);
        return squares.Sum() / Count(points, weights) / points.Columns;
    }

    private static double Count(ScaledPoints points, ReadOnlyMemory<double> weights) => weights.IsEmpty ? points.Count : FixedSum.Of(weights.Span);

    private static void AddWeighted(ReadOnlySpan<float> row, double weight, double[] sums)
    {
        for (int j = 0; j < row.Length; j++)
            sums[j] += weight * row[j];
    }

    private static void AddWeightedSquares(ReadOnlySpan<float> row, double weight, double mean, double[] sums)
    {
        for (int j = 0; j < row.Length; j++)
            sums[j] += weight * (row[j] - mean) * (row[j] - mean);
    }

    private static double[] Of(ScaledPoints points, RowSum add, FitContext context)
    {
        int blocks = PreparedRows.BlockCount(points.Count);
        var partial = new double[blocks][];
        context.ForBlocks("scaling", blocks, block =>
        {
            var sums = new double[points.Columns];
            int end = (int)Math.Min(points.Count, (block + 1L) * PreparedRows.BlockRows);
            for (int row = block * PreparedRows.BlockRows; row < end; row++)
                add(points.Row(row), row, sums);
            partial[block] = sums;
        });
        var total = new double[points.Columns];
        foreach (double[] sums in partial)
        {
            for (int j = 0; j < total.Length; j++)
                total[j] += sums[j];
        }

        return total;
    }

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

    private delegate void RowSum(ReadOnlySpan<float> row, int index, double[] sums);
}
