using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>How near the centers of a store's parents are.</summary>
internal sealed unsafe class ParentCenters<TMetric>(PointStore store)
    where TMetric : IMetric
{
    /// <summary>The parent whose center is nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Nearest(float* query)
    {
        int nearest = 0;
        float least = float.PositiveInfinity;
        for (int parent = 0; parent < store.ParentCount; parent += 8)
        {
            float* centers = Center(parent);
            var fold = Vector256<float>.Zero;
            for (int d = 0; d < store.Columns; d++)
                fold = TMetric.Add(fold, Vector256.Create(query[d]) - Vector256.Load(centers + (d * TreeShape.LeafPoints)));
            if (Vector256.LessThanAny(fold, Vector256.Create(least)))
            {
                for (int i = 0; i < Math.Min(8, store.ParentCount - parent); i++)
                {
                    if (fold[i] < least)
                        (least, nearest) = (fold[i], parent + i);
                }
            }
        }

        return nearest;
    }

    /// <summary>The parents by their centers' distance from the block's middle.</summary>
    public void Order(QueryBlock* block)
    {
        int dimensions = store.BoxDimensions;
        float* middle = stackalloc float[TreeShape.MaxBoxDimensions];
        for (int d = 0; d < dimensions; d++)
        {
            double sum = 0;
            for (int i = 0; i < block->Count; i++)
                sum += block->Columns[((long)d * block->Padded) + i];
            middle[d] = (float)(sum / block->Count);
        }

        for (int parent = 0; parent < store.ParentCount; parent++)
        {
            float* center = Center(parent);
            float fold = 0;
            for (int d = 0; d < dimensions; d++)
                fold = TMetric.Add(fold, middle[d] - center[d * TreeShape.LeafPoints]);
            block->Parents[parent] = Selection.Key(fold, (uint)parent);
        }

        new Span<ulong>(block->Parents, store.ParentCount).Sort();
    }

    private float* Center(int parent) =>
        store.Centers + ((long)(parent / TreeShape.LeafPoints) * TreeShape.LeafPoints * store.Columns) + (parent % TreeShape.LeafPoints);
}
