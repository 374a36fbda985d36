using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.Simd;

namespace AnomalyKit.OneClassSvm.Kernels;

/// <summary>Weighted sums of floats in double, each product added with one rounding: the same bits at every width.</summary>
/// <typeparam name="TLanes">The vector; its width decides which branch remains of each method.</typeparam>
internal static unsafe class WideningSums<TLanes>
    where TLanes : unmanaged, IFloatLanes<TLanes>
{
    /// <summary>sums[i] += weights[k] · values[k] for k = i, i + stride … below count, and as many elements i as the vector has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWeighted(float* values, double* weights, int count, int stride, double* sums)
    {
        if (TLanes.Count == 16)
        {
            var first = Vector512.Load(sums);
            var second = Vector512.Load(sums + 8);
            for (nint i = 0; i < count; i += stride)
            {
                var (low, high) = Vector512.Widen(Vector512.Load(values + i));
                first = Vector512.FusedMultiplyAdd(low, Vector512.Load(weights + i), first);
                second = Vector512.FusedMultiplyAdd(high, Vector512.Load(weights + i + 8), second);
            }

            first.Store(sums);
            second.Store(sums + 8);
        }
        else if (TLanes.Count == 8)
        {
            var first = Vector256.Load(sums);
            var second = Vector256.Load(sums + 4);
            for (nint i = 0; i < count; i += stride)
            {
                var (low, high) = Vector256.Widen(Vector256.Load(values + i));
                first = Vector256.FusedMultiplyAdd(low, Vector256.Load(weights + i), first);
                second = Vector256.FusedMultiplyAdd(high, Vector256.Load(weights + i + 4), second);
            }

            first.Store(sums);
            second.Store(sums + 4);
        }
        else if (TLanes.Count == 4)
        {
            var first = Vector128.Load(sums);
            var second = Vector128.Load(sums + 2);
            for (nint i = 0; i < count; i += stride)
            {
                var (low, high) = Vector128.Widen(Vector128.Load(values + i));
                first = Vector128.FusedMultiplyAdd(low, Vector128.Load(weights + i), first);
                second = Vector128.FusedMultiplyAdd(high, Vector128.Load(weights + i + 2), second);
            }

            first.Store(sums);
            second.Store(sums + 2);
        }
        else
        {
            for (nint i = 0; i < count; i += stride)
                *sums = Math.FusedMultiplyAdd(values[i], weights[i], *sums);
        }
    }

    /// <summary>sums[i] += weights[r] · rows[r][offset + i], row after row, for as many elements i as the vector has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRows(float** rows, long offset, double* weights, int count, double* sums)
    {
        if (TLanes.Count == 16)
        {
            var first = Vector512.Load(sums);
            var second = Vector512.Load(sums + 8);
            for (int row = 0; row < count; row++)
            {
                var weight = Vector512.Create(weights[row]);
                var (low, high) = Vector512.Widen(Vector512.Load(rows[row] + offset));
                first = Vector512.FusedMultiplyAdd(low, weight, first);
                second = Vector512.FusedMultiplyAdd(high, weight, second);
            }

            first.Store(sums);
            second.Store(sums + 8);
        }
        else if (TLanes.Count == 8)
        {
            var first = Vector256.Load(sums);
            var second = Vector256.Load(sums + 4);
            for (int row = 0; row < count; row++)
            {
                var weight = Vector256.Create(weights[row]);
                var (low, high) = Vector256.Widen(Vector256.Load(rows[row] + offset));
                first = Vector256.FusedMultiplyAdd(low, weight, first);
                second = Vector256.FusedMultiplyAdd(high, weight, second);
            }

            first.Store(sums);
            second.Store(sums + 4);
        }
        else if (TLanes.Count == 4)
        {
            var first = Vector128.Load(sums);
            var second = Vector128.Load(sums + 2);
            for (int row = 0; row < count; row++)
            {
                var weight = Vector128.Create(weights[row]);
                var (low, high) = Vector128.Widen(Vector128.Load(rows[row] + offset));
                first = Vector128.FusedMultiplyAdd(low, weight, first);
                second = Vector128.FusedMultiplyAdd(high, weight, second);
            }

            first.Store(sums);
            second.Store(sums + 2);
        }
        else
        {
            for (int row = 0; row < count; row++)
                *sums = Math.FusedMultiplyAdd(rows[row][offset], weights[row], *sums);
        }
    }
}
