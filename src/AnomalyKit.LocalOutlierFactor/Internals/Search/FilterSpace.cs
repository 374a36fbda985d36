using System.Runtime.Intrinsics;
using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>The coordinates in which candidates are filtered in float32: columns in the order of their spread, rotated where that helps, scaled by a power of two.</summary>
/// <remarks>
/// <para>
/// Euclidean distances survive a rotation, and along <see cref="SignAxes"/> leaves can be told apart and most pairs be given up after a few dimensions.
/// </para>
/// <para>
/// Distances here only rule rows out. <see cref="Slack"/> and <see cref="Widening"/> bound by how much they may differ from the true ones; what is left is measured
/// in double on the rows as they are.
/// </para>
/// </remarks>
internal sealed unsafe class FilterSpace
{
    /// <summary>Below this, splitting along the columns is as good.</summary>
    private const int MinRotatedColumns = 8;

    /// <summary>Above this, a rotation costs more than it can bring.</summary>
    private const int MaxRotatedColumns = 256;

    private const int SpreadRows = 2_000;

    /// <summary>The scaled points lie within 2⁵⁰: squares neither overflow nor, for all that matters, underflow.</summary>
    private const int Exponent = 50;

    private readonly double[] _center;
    private readonly int[]? _columns;
    private readonly double[]? _rotation;
    private readonly int _outputStride;

    private FilterSpace(int dimensions, double[] center, int[]? columns, double[]? rotation, double scale)
    {
        Dimensions = dimensions;
        _center = center;
        _columns = columns;
        _rotation = rotation;
        _outputStride = (dimensions + 3) / 4 * 4;
        Scale = scale;
        Widening = 1 + (((2.0 * dimensions) + 32) * Math.ScaleB(1, -23));
    }

    public int Dimensions { get; }

    /// <summary>A power of two: filter distances are this many times the true ones.</summary>
    public double Scale { get; }

    /// <summary>Bounds on relative rounding errors: of differences, folds, and back.</summary>
    public double Widening { get; }

    /// <summary>What subnormal numbers may lose.</summary>
    private static double Tiny => Math.ScaleB(1, -60);

    public static FilterSpace Fit(FeatureMatrix rows, int[] points, DistanceMetric metric, CancellationToken cancellationToken)
    {
        int columns = rows.ColumnCount;
        bool rotates = metric == DistanceMetric.Euclidean && columns is >= MinRotatedColumns and <= MaxRotatedColumns && points.Length > 1000;
        var center = rotates ? Center(rows, points) : new double[columns];
        double[]? rotation = rotates ? SignAxes.Of(rows, points, cancellationToken) : null;
        var space = rotates
            ? new FilterSpace(columns, center, null, Transposed(rotation!, columns, Enumerable.Range(0, columns)), 1)
            : new FilterSpace(columns, center, [.. Enumerable.Range(0, columns)], null, 1);
        int[] order = space.OrderBySpread(rows, points);
        cancellationToken.ThrowIfCancellationRequested();
        double scale = ScaleOf(space.Largest(rows, points, cancellationToken));
        return rotates
            ? new FilterSpace(columns, center, null, Transposed(rotation!, columns, order), scale)
            : new FilterSpace(columns, center, order, null, scale);
    }

    /// <summary>By how much rounding of coordinates may change distances from a row, in units of this space.</summary>
    /// <param name="length">The row's distance from the center, as <see cref="Map"/> gives it.</param>
    public double Slack(double length) => (_rotation is null ? 0 : length * Math.ScaleB(1, -20)) + Tiny;

    /// <summary>Takes a row to this space. Returns its distance from the center.</summary>
    public double Map(ReadOnlySpan<float> row, float* target)
    {
        double squares = 0;
        if (_rotation is null)
        {
            for (int d = 0; d < Dimensions; d++)
                target[d] = (float)(row[_columns![d]] * Scale);
            return 0;
        }

        double* centered = stackalloc double[Dimensions];
        for (int i = 0; i < Dimensions; i++)
        {
            centered[i] = (row[i] - _center[i]) * Scale;
            squares += centered[i] * centered[i];
        }

        fixed (double* rotation = _rotation)
        {
            for (int d = 0; d < Dimensions; d += 4)
            {
                var sum = Vector256<double>.Zero;
                double* weights = rotation + d;
                for (int i = 0; i < Dimensions; i++, weights += _outputStride)
                    sum = Vector256.FusedMultiplyAdd(Vector256.Create(centered[i]), Vector256.Load(weights), sum);
                for (int lane = 0; lane < Math.Min(4, Dimensions - d); lane++)
                    target[d + lane] = (float)sum[lane];
            }
        }

        return Math.Sqrt(squares);
    }

    private static double[] Center(FeatureMatrix rows, int[] points)
    {
        var center = new double[rows.ColumnCount];
        int step = Math.Max(1, points.Length / SpreadRows);
        int count = 0;
        for (int point = 0; point < points.Length; point += step, count++)
        {
            var row = rows.Cells(points[point]);
            for (int i = 0; i < center.Length; i++)
                center[i] += row[i];
        }

        for (int i = 0; i < center.Length; i++)
            center[i] /= count;
        return center;
    }

    /// <summary>One input per row, so that four outputs are made at a time.</summary>
    private static double[] Transposed(double[] vectors, int size, IEnumerable<int> order)
    {
        int stride = (size + 3) / 4 * 4;
        var transposed = new double[size * stride];
        int output = 0;
        foreach (int vector in order)
        {
            for (int i = 0; i < size; i++)
                transposed[(i * stride) + output] = vectors[(vector * size) + i];
            output++;
        }

        return transposed;
    }

    /// <summary>The dimensions by the distance between their 10 % and 90 % quantiles, widest first.</summary>
    private int[] OrderBySpread(FeatureMatrix rows, int[] points)
    {
        int step = Math.Max(1, points.Length / SpreadRows);
        int count = Blocks.Count(points.Length, step);
        var images = new float[count * Dimensions];
        fixed (float* target = images)
        {
            for (int i = 0; i < count; i++)
                Map(rows.Cells(points[i * step]), target + (i * Dimensions));
        }

        var spreads = new double[Dimensions];
        var column = new float[count];
        for (int d = 0; d < Dimensions; d++)
        {
            for (int i = 0; i < count; i++)
                column[i] = images[(i * Dimensions) + d];
            double high = OrderStatistics.Select(column, (int)(0.9 * (count - 1)));
            spreads[d] = high - OrderStatistics.Select(column, (int)(0.1 * (count - 1)));
            if (double.IsNaN(spreads[d]))
                spreads[d] = 0;
        }

        return [.. Enumerable.Range(0, Dimensions).OrderByDescending(d => spreads[d]).ThenBy(d => d)];
    }

    private double Largest(FeatureMatrix rows, int[] points, CancellationToken cancellationToken)
    {
        double largest = 0;
        int pointsPerCheck = Math.Max(1, (1 << 20) / rows.ColumnCount);
        for (int point = 0; point < points.Length; point++)
        {
            if (point % pointsPerCheck == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var row = rows.Cells(points[point]);
            double sum = 0;
            for (int i = 0; i < row.Length; i++)
                sum += Math.Abs(row[i] - _center[i]);
            largest = Math.Max(largest, sum);
        }

        return largest;
    }

    private static double ScaleOf(double largest) => largest == 0 ? 1 : Math.ScaleB(1, Exponent - Math.ILogB(largest) - 1);
}
