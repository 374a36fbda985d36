using System.Runtime.CompilerServices;
using AnomalyKit.Affine;
using AnomalyKit.Simd;

namespace AnomalyKit.EllipticEnvelope.Kernels;

/// <summary>The row loops over one width of vectors.</summary>
/// <remarks>
/// An output element is one chain of fused multiply-adds in the order of the inputs (or rows), whatever the width: vectors only run several chains side by
/// side. Strides are multiples of 16, two of the widest vectors; padding holds zeros.
/// </remarks>
internal sealed unsafe class RowKernel<TLanes> : AffineKernel<TLanes>, IRowKernel
    where TLanes : unmanaged, IDoubleLanes<TLanes>
{
    private const int TileRows = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SquaredLengths(double* images, int count, int stride, double* lengths)
    {
        // Eight chains at every width, added as a fixed tree.
        double* lanes = stackalloc double[8];
        for (int row = 0; row < count; row++)
        {
            double* image = images + ((long)row * stride);
            for (int group = 0; group < 8; group += TLanes.Count)
            {
                TLanes sum = default;
                for (int i = group; i < stride; i += 8)
                {
                    var value = TLanes.Load(image + i);
                    sum = TLanes.MultiplyAdd(value, value, sum);
                }

                TLanes.Store(sum, lanes + group);
            }

            lengths[row] = (lanes[0] + lanes[4] + (lanes[2] + lanes[6])) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddProducts(double* images, int count, int stride, double* products, double* sums)
    {
        int width = 2 * TLanes.Count;
        for (int i = 0; i < stride; i += TileRows)
        {
            for (int j = 0; j < i + TileRows; j += width)
                ProductTile(images, count, stride, i, j, products + ((long)i * stride) + j);
        }

        for (int i = 0; i < stride; i += TLanes.Count)
        {
            TLanes sum = default;
            for (int row = 0; row < count; row++)
                sum = TLanes.Add(sum, TLanes.Load(images + ((long)row * stride) + i));
            TLanes.Store(TLanes.Add(TLanes.Load(sums + i), sum), sums + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddColumns(float* rows, int count, int columns, double* center, double* sums, bool squared)
    {
        int column = 0;
        for (; column <= columns - TLanes.Count; column += TLanes.Count)
        {
            var sum = TLanes.Load(sums + column);
            float* cell = rows + column;
            for (int row = 0; row < count; row++, cell += columns)
            {
                var value = TLanes.WidenAndSubtract(cell, center + column);
                sum = squared ? TLanes.MultiplyAdd(value, value, sum) : TLanes.Add(sum, value);
            }

            TLanes.Store(sum, sums + column);
        }

        for (; column < columns; column++)
        {
            double sum = sums[column];
            float* cell = rows + column;
            for (int row = 0; row < count; row++, cell += columns)
            {
                double value = *cell - center[column];
                sum = squared ? Math.FusedMultiplyAdd(value, value, sum) : sum + value;
            }

            sums[column] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MapBack(BackMap map, double* images, int stride, int count, double* slopes)
    {
        fixed (double* weights = map.Weights)
        fixed (int* starts = map.Starts)
        {
            for (int row = 0; row < count; row += TileRows)
            {
                double* source = images + ((long)row * stride);
                double* target = slopes + ((long)row * map.Stride);
                for (int output = 0; output < map.Stride; output += 2 * TLanes.Count)
                {
                    int start = starts[output / AffineMap.Chunk];
                    MapTile(source + start, stride, weights + ((long)start * map.Stride) + output, map.Stride, map.Inputs - start, target + output);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Products(float* rows, int count, int columns, double* center, double* slopes, int stride, double* products)
    {
        for (int row = 0; row < count; row++, rows += columns, slopes += stride, products += columns)
        {
            int i = 0;
            for (; i <= columns - TLanes.Count; i += TLanes.Count)
                TLanes.Store(TLanes.MultiplyAdd(TLanes.WidenAndSubtract(rows + i, center + i), TLanes.Load(slopes + i), default), products + i);
            for (; i < columns; i++)
                products[i] = Math.FusedMultiplyAdd(rows[i] - center[i], slopes[i], 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ProductTile(double* images, int count, int stride, int i, int j, double* target)
    {
        TLanes a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        double* left = images + i;
        double* right = images + j;
        for (int row = 0; row < count; row++)
        {
            var y0 = TLanes.Load(right);
            var y1 = TLanes.Load(right + TLanes.Count);
            var factor = TLanes.Broadcast(left);
            a0 = TLanes.MultiplyAdd(factor, y0, a0);
            a1 = TLanes.MultiplyAdd(factor, y1, a1);
            factor = TLanes.Broadcast(left + 1);
            b0 = TLanes.MultiplyAdd(factor, y0, b0);
            b1 = TLanes.MultiplyAdd(factor, y1, b1);
            factor = TLanes.Broadcast(left + 2);
            c0 = TLanes.MultiplyAdd(factor, y0, c0);
            c1 = TLanes.MultiplyAdd(factor, y1, c1);
            factor = TLanes.Broadcast(left + 3);
            d0 = TLanes.MultiplyAdd(factor, y0, d0);
            d1 = TLanes.MultiplyAdd(factor, y1, d1);
            left += stride;
            right += stride;
        }

        Accumulate(target, a0, a1);
        Accumulate(target + stride, b0, b1);
        Accumulate(target + (2 * stride), c0, c1);
        Accumulate(target + (3 * stride), d0, d1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(double* target, TLanes first, TLanes second)
    {
        TLanes.Store(TLanes.Add(TLanes.Load(target), first), target);
        TLanes.Store(TLanes.Add(TLanes.Load(target + TLanes.Count), second), target + TLanes.Count);
    }
}
