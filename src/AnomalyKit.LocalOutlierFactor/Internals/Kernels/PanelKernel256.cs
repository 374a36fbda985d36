using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Kernels;

/// <summary>Two query rows against four vectors of eight points at a time.</summary>
/// <remarks>
/// Each lane folds its point's dimensions in order, as the scalar reference does, so the folds have the same bits. Dimensions come with the widest spread
/// first: after the first of them most pairs are out of bounds already, and where all 64 are, the rest is left out.
/// </remarks>
internal sealed unsafe class PanelKernel256<TMetric> : IPanelKernel
    where TMetric : IMetric
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scan(float* panel, uint valid, int first, QueryBlock* block, int* rows, int count)
    {
        float* folds = stackalloc float[TreeShape.LeafPoints];
        int dimensions = block->Dimensions;
        int head = block->HeadDimensions;
        float* queries = block->Queries;
        float* bounds = block->Bounds;
        rows[count] = rows[count - 1];
        for (int i = 0; i < count; i += 2)
        {
            int row0 = rows[i];
            int row1 = rows[i + 1];
            float* x0 = queries + ((long)row0 * dimensions);
            float* x1 = queries + ((long)row1 * dimensions);
            var bound0 = Vector256.Create(bounds[row0]);
            var bound1 = Vector256.Create(bounds[row1]);
            Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
            Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default;
            float* points = panel;
            int d = 0;
            int end = head;
            while (true)
            {
                for (; d < end; d++)
                {
                    var y0 = Vector256.Load(points);
                    var y1 = Vector256.Load(points + 8);
                    var y2 = Vector256.Load(points + 16);
                    var y3 = Vector256.Load(points + 24);
                    points += TreeShape.LeafPoints;
                    var x = Vector256.Create(x0[d]);
                    a0 = TMetric.Add(a0, x - y0);
                    a1 = TMetric.Add(a1, x - y1);
                    a2 = TMetric.Add(a2, x - y2);
                    a3 = TMetric.Add(a3, x - y3);
                    x = Vector256.Create(x1[d]);
                    b0 = TMetric.Add(b0, x - y0);
                    b1 = TMetric.Add(b1, x - y1);
                    b2 = TMetric.Add(b2, x - y2);
                    b3 = TMetric.Add(b3, x - y3);
                }

                var near = Vector256.LessThanOrEqual(a0, bound0) | Vector256.LessThanOrEqual(a1, bound0)
                    | Vector256.LessThanOrEqual(a2, bound0) | Vector256.LessThanOrEqual(a3, bound0)
                    | Vector256.LessThanOrEqual(b0, bound1) | Vector256.LessThanOrEqual(b1, bound1)
                    | Vector256.LessThanOrEqual(b2, bound1) | Vector256.LessThanOrEqual(b3, bound1);
                if (near.ExtractMostSignificantBits() == 0)
                    break;
                if (end < dimensions)
                {
                    end = dimensions;
                    continue;
                }

                uint mask = Mask(a0, a1, a2, a3, bound0) & valid;
                if (mask != 0)
                {
                    a0.Store(folds);
                    a1.Store(folds + 8);
                    a2.Store(folds + 16);
                    a3.Store(folds + 24);
                    block->Append(row0, mask, folds, first);
                }

                mask = Mask(b0, b1, b2, b3, bound1) & valid;
                if (mask != 0 && i + 1 < count)
                {
                    b0.Store(folds);
                    b1.Store(folds + 8);
                    b2.Store(folds + 16);
                    b3.Store(folds + 24);
                    block->Append(row1, mask, folds, first);
                }

                break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mask(Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3, Vector256<float> bound) =>
        Vector256.LessThanOrEqual(v0, bound).ExtractMostSignificantBits()
        | (Vector256.LessThanOrEqual(v1, bound).ExtractMostSignificantBits() << 8)
        | (Vector256.LessThanOrEqual(v2, bound).ExtractMostSignificantBits() << 16)
        | (Vector256.LessThanOrEqual(v3, bound).ExtractMostSignificantBits() << 24);
}
