using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>What boxes rule out: for which rows of a block a parent, and each of its leaves, is too far away.</summary>
internal sealed unsafe class ParentBoxes<TMetric>(PointStore store)
    where TMetric : IMetric
{
    /// <summary>Lists the rows that a parent cannot be ruled out for, those at home in it left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int NearParent(QueryBlock* block, int parent)
    {
        int dimensions = block->BoxDimensions;
        int padded = block->Padded;
        int half = Math.Min(dimensions, 6);
        float* box = store.ParentBoxes + ((long)parent * 2 * dimensions);
        int* list = block->List;
        int* homes = block->Homes;
        int count = 0;
        for (int row = 0; row < padded; row += 16)
        {
            var bound0 = Vector256.Load(block->Bounds + row);
            var bound1 = Vector256.Load(block->Bounds + row + 8);
            var fold0 = Vector256<float>.Zero;
            var fold1 = Vector256<float>.Zero;
            float* column = block->Columns + row;
            int d = 0;
            int end = half;
            while (true)
            {
                for (; d < end; d++, column += padded)
                {
                    var low = Vector256.Create(box[2 * d]);
                    var high = Vector256.Create(box[(2 * d) + 1]);
                    fold0 = TMetric.Add(fold0, Gap(Vector256.Load(column), low, high));
                    fold1 = TMetric.Add(fold1, Gap(Vector256.Load(column + 8), low, high));
                }

                if (end == dimensions || !Vector256.LessThanOrEqualAny(fold0, bound0) & !Vector256.LessThanOrEqualAny(fold1, bound1))
                    break;
                end = dimensions;
            }

            uint mask = Vector256.LessThanOrEqual(fold0, bound0).ExtractMostSignificantBits()
                | (Vector256.LessThanOrEqual(fold1, bound1).ExtractMostSignificantBits() << 8);
            for (; mask != 0; mask &= mask - 1)
            {
                int near = row + System.Numerics.BitOperations.TrailingZeroCount(mask);
                list[count] = near;
                count += homes[near] == parent ? 0 : 1;
            }
        }

        return count;
    }

    /// <summary>Splits the list among the parent's leaves: to each the rows that it cannot be ruled out for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void NearLeaves(QueryBlock* block, int parent, int count, int* lengths)
    {
        int dimensions = block->BoxDimensions;
        float* low = store.LeafBoxes + ((long)parent * 2 * dimensions * TreeShape.ParentLeaves);
        float* high = low + (dimensions * TreeShape.ParentLeaves);
        int* list = block->List;
        int* lists = block->LeafLists;
        long stride = block->ListStride;
        new Span<int>(lengths, TreeShape.ParentLeaves).Clear();
        list[count] = list[count - 1];
        for (int i = 0; i < count; i += 2)
        {
            int row0 = list[i];
            int row1 = list[i + 1];
            float* query0 = block->Queries + ((long)row0 * block->Dimensions);
            float* query1 = block->Queries + ((long)row1 * block->Dimensions);
            var fold0 = Vector256<float>.Zero;
            var fold1 = Vector256<float>.Zero;
            for (int d = 0; d < dimensions; d++)
            {
                var lowest = Vector256.Load(low + (d * TreeShape.ParentLeaves));
                var highest = Vector256.Load(high + (d * TreeShape.ParentLeaves));
                fold0 = TMetric.Add(fold0, Gap(Vector256.Create(query0[d]), lowest, highest));
                fold1 = TMetric.Add(fold1, Gap(Vector256.Create(query1[d]), lowest, highest));
            }

            uint mask = Vector256.LessThanOrEqual(fold0, Vector256.Create(block->Bounds[row0])).ExtractMostSignificantBits();
            for (int leaf = 0; leaf < TreeShape.ParentLeaves; leaf++)
            {
                lists[(leaf * stride) + lengths[leaf]] = row0;
                lengths[leaf] += (int)((mask >> leaf) & 1);
            }

            if (i + 1 == count)
                break;
            mask = Vector256.LessThanOrEqual(fold1, Vector256.Create(block->Bounds[row1])).ExtractMostSignificantBits();
            for (int leaf = 0; leaf < TreeShape.ParentLeaves; leaf++)
            {
                lists[(leaf * stride) + lengths[leaf]] = row1;
                lengths[leaf] += (int)((mask >> leaf) & 1);
            }
        }
    }

    /// <summary>How far a value lies outside an interval, with a sign; 0 within.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Gap(Vector256<float> value, Vector256<float> low, Vector256<float> high) =>
        value - Vector256.MinNative(Vector256.MaxNative(value, low), high);
}
