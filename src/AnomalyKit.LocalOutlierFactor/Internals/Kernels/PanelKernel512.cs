using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Kernels;

/// <summary>Four query rows against two vectors of sixteen points at a time; otherwise as <see cref="PanelKernel256{TMetric}"/>.</summary>
internal sealed unsafe class PanelKernel512<TMetric> : IPanelKernel
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
        rows[count] = rows[count + 1] = rows[count + 2] = rows[count - 1];
        for (int i = 0; i < count; i += 4)
        {
            float* x0 = queries + ((long)rows[i] * dimensions);
            float* x1 = queries + ((long)rows[i + 1] * dimensions);
            float* x2 = queries + ((long)rows[i + 2] * dimensions);
            float* x3 = queries + ((long)rows[i + 3] * dimensions);
            var bound0 = Vector512.Create(bounds[rows[i]]);
            var bound1 = Vector512.Create(bounds[rows[i + 1]]);
            var bound2 = Vector512.Create(bounds[rows[i + 2]]);
            var bound3 = Vector512.Create(bounds[rows[i + 3]]);
            Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default;
            Vector512<float> c0 = default, c1 = default, d0 = default, d1 = default;
            float* points = panel;
            int d = 0;
            int end = head;
            while (true)
            {
                for (; d < end; d++)
                {
                    var y0 = Vector512.Load(points);
                    var y1 = Vector512.Load(points + 16);
                    points += TreeShape.LeafPoints;
                    var x = Vector512.Create(x0[d]);
                    a0 = TMetric.Add(a0, x - y0);
                    a1 = TMetric.Add(a1, x - y1);
                    x = Vector512.Create(x1[d]);
                    b0 = TMetric.Add(b0, x - y0);
                    b1 = TMetric.Add(b1, x - y1);
                    x = Vector512.Create(x2[d]);
                    c0 = TMetric.Add(c0, x - y0);
                    c1 = TMetric.Add(c1, x - y1);
                    x = Vector512.Create(x3[d]);
                    d0 = TMetric.Add(d0, x - y0);
                    d1 = TMetric.Add(d1, x - y1);
                }

                uint mask0 = Mask(a0, a1, bound0);
                uint mask1 = Mask(b0, b1, bound1);
                uint mask2 = Mask(c0, c1, bound2);
                uint mask3 = Mask(d0, d1, bound3);
                if ((mask0 | mask1 | mask2 | mask3) == 0)
                    break;
                if (end < dimensions)
                {
                    end = dimensions;
                    continue;
                }

                Hand(block, a0, a1, mask0 & valid, rows[i], folds, first);
                if (i + 1 < count)
                    Hand(block, b0, b1, mask1 & valid, rows[i + 1], folds, first);
                if (i + 2 < count)
                    Hand(block, c0, c1, mask2 & valid, rows[i + 2], folds, first);
                if (i + 3 < count)
                    Hand(block, d0, d1, mask3 & valid, rows[i + 3], folds, first);
                break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mask(Vector512<float> v0, Vector512<float> v1, Vector512<float> bound) =>
        (uint)Vector512.LessThanOrEqual(v0, bound).ExtractMostSignificantBits()
        | ((uint)Vector512.LessThanOrEqual(v1, bound).ExtractMostSignificantBits() << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Hand(QueryBlock* block, Vector512<float> v0, Vector512<float> v1, uint mask, int row, float* folds, int first)
    {
        if (mask == 0)
            return;
        v0.Store(folds);
        v1.Store(folds + 16);
        block->Append(row, mask, folds, first);
    }
}
