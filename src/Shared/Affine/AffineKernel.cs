using System.Runtime.CompilerServices;
using AnomalyKit.Simd;

namespace AnomalyKit.Affine;

/// <summary>Maps rows over one width of vectors.</summary>
/// <remarks>
/// An output element is one chain of fused multiply-adds in the order of the inputs, whatever the width: vectors only run several chains side by side.
/// Strides are multiples of 16, two of the widest vectors; padding holds zeros.
/// </remarks>
internal unsafe class AffineKernel<TLanes> : IAffineKernel
    where TLanes : unmanaged, IDoubleLanes<TLanes>
{
    private const int TileRows = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Map(AffineMap map, float* rows, int count, double* images, double* scratch)
    {
        int columns = map.InputColumns;
        int inputStride = map.InputStride;
        int stride = map.Stride;
        int width = 2 * TLanes.Count;
        fixed (double* center = map.Center, weights = map.Weights)
        fixed (int* limits = map.Limits)
        {
            for (int row = 0; row < count; row += TileRows)
            {
                for (int i = 0; i < TileRows; i++)
                {
                    if (row + i < count)
                        Center(rows + ((long)(row + i) * columns), center, columns, scratch + (i * inputStride));
                    else
                        new Span<double>(scratch + (i * inputStride), inputStride).Clear();
                }

                double* target = images + ((long)row * stride);
                for (int output = 0; output < stride; output += width)
                    MapTile(scratch, inputStride, weights + output, stride, limits[output / AffineMap.Chunk], target + output);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MapTiles(double* weights, int stride, double* rows, int rowStride, int inputs, int count, double* images)
    {
        for (int row = 0; row < count; row += TileRows)
        {
            for (int output = 0; output < stride; output += 2 * TLanes.Count)
                MapTile(rows + ((long)row * rowStride), rowStride, weights + output, stride, inputs, images + ((long)row * stride) + output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Center(float* row, double* center, int columns, double* target)
    {
        int i = 0;
        for (; i <= columns - TLanes.Count; i += TLanes.Count)
            TLanes.Store(TLanes.WidenAndSubtract(row + i, center + i), target + i);
        for (; i < columns; i++)
            target[i] = row[i] - center[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static void MapTile(double* x, int inputStride, double* weights, int stride, int inputs, double* y)
    {
        TLanes a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        double* x1 = x + inputStride;
        double* x2 = x1 + inputStride;
        double* x3 = x2 + inputStride;
        for (int j = 0; j < inputs; j++)
        {
            var w0 = TLanes.Load(weights);
            var w1 = TLanes.Load(weights + TLanes.Count);
            var cell = TLanes.Broadcast(x + j);
            a0 = TLanes.MultiplyAdd(cell, w0, a0);
            a1 = TLanes.MultiplyAdd(cell, w1, a1);
            cell = TLanes.Broadcast(x1 + j);
            b0 = TLanes.MultiplyAdd(cell, w0, b0);
            b1 = TLanes.MultiplyAdd(cell, w1, b1);
            cell = TLanes.Broadcast(x2 + j);
            c0 = TLanes.MultiplyAdd(cell, w0, c0);
            c1 = TLanes.MultiplyAdd(cell, w1, c1);
            cell = TLanes.Broadcast(x3 + j);
            d0 = TLanes.MultiplyAdd(cell, w0, d0);
            d1 = TLanes.MultiplyAdd(cell, w1, d1);
            weights += stride;
        }

        TLanes.Store(a0, y);
        TLanes.Store(a1, y + TLanes.Count);
        y += stride;
        TLanes.Store(b0, y);
        TLanes.Store(b1, y + TLanes.Count);
        y += stride;
        TLanes.Store(c0, y);
        TLanes.Store(c1, y + TLanes.Count);
        y += stride;
        TLanes.Store(d0, y);
        TLanes.Store(d1, y + TLanes.Count);
    }
}
