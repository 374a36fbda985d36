using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>What becomes of candidates: pruned in float32 on the way, settled in double in the end.</summary>
internal static unsafe class CandidateFilter<TMetric>
    where TMetric : IMetric
{
    /// <summary>Keeps those that may be among the k nearest, with room for another leaf's.</summary>
    public static int Prune(QueryBlock* block, int row, int count)
    {
        count = Tighten(block, row, count);
        if (count <= block->Capacity - (2 * TreeShape.LeafPoints))
            return count;

        // So many are as near as the k-th, within rounding: only exact distances and numbers tell them apart.
        int kept = Settle(block, row, count);
        ulong* slots = block->Candidates + ((long)row * block->Capacity);
        for (int i = 0; i < kept; i++)
        {
            float fold = (float)TMetric.Fold(TMetric.Distance(block->Folds[i]) * block->Scale);
            slots[i] = ((ulong)BitConverter.SingleToUInt32Bits(fold) << 32) | (uint)block->Keys[i];
        }

        double reach = TMetric.Distance(block->Folds[kept - 1]) * block->Scale;
        block->Bounds[row] = Math.Min(block->Bounds[row], Bound(reach, block->Slacks[row], block->Widening));
        return kept;
    }

    /// <summary>Lowers the bound to what the k-th smallest fold allows, and drops what lies beyond it.</summary>
    public static int Tighten(QueryBlock* block, int row, int count)
    {
        int k = block->Neighbors;
        if (count < k)
            return count;
        ulong* slots = block->Candidates + ((long)row * block->Capacity);
        Selection.Select(slots, count, k - 1);
        double reach = TMetric.Distance(BitConverter.UInt32BitsToSingle((uint)(slots[k - 1] >> 32)));
        float bound = Math.Min(block->Bounds[row], Bound(reach, block->Slacks[row], block->Widening));
        block->Bounds[row] = bound;
        ulong last = ((ulong)BitConverter.SingleToUInt32Bits(bound) << 32) | uint.MaxValue;
        int kept = k;
        for (int i = k; i < count; i++)
        {
            ulong key = slots[i];
            slots[kept] = key;
            kept += key <= last ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Measures a row's candidates in double and sorts them by distance, equal ones by number: into the block's folds and keys. Returns how many are neighbors.</summary>
    public static int Settle(QueryBlock* block, int row, int count)
    {
        ulong* slots = block->Candidates + ((long)row * block->Capacity);
        float* query = block->Rows + ((long)row * block->RowStride);
        for (int i = 0; i < count; i++)
        {
            block->Keys[i] = slots[i];
            block->Folds[i] = ExactFold.Of<TMetric>(query, block->Points + ((long)(uint)slots[i] * block->RowStride), block->RowStride);
        }

        Sort(block->Folds, block->Keys, block->Ids, count);
        return Math.Min(count, block->Neighbors);
    }

    private static void Sort(double* folds, ulong* keys, int* ids, int count)
    {
        if (count > 48)
        {
            new Span<double>(folds, count).Sort(new Span<ulong>(keys, count));
            for (int start = 0; start < count;)
            {
                int end = start + 1;
                while (end < count && folds[end] == folds[start])
                    end++;
                if (end - start > 1)
                    SortById(keys + start, ids, end - start);
                start = end;
            }

            return;
        }

        for (int i = 1; i < count; i++)
        {
            double fold = folds[i];
            ulong key = keys[i];
            int id = ids[(uint)key];
            int at = i;
            for (; at > 0 && (folds[at - 1] > fold || (folds[at - 1] == fold && ids[(uint)keys[at - 1]] > id)); at--)
            {
                folds[at] = folds[at - 1];
                keys[at] = keys[at - 1];
            }

            folds[at] = fold;
            keys[at] = key;
        }
    }

    private static void SortById(ulong* keys, int* ids, int count)
    {
        // The fold's half of a key has served; the number takes its place for the sort, and the position stays.
        for (int i = 0; i < count; i++)
            keys[i] = ((ulong)(uint)ids[(uint)keys[i]] << 32) | (uint)keys[i];
        new Span<ulong>(keys, count).Sort();
    }

    /// <summary>What a fold may be at most if the distance is no more than <paramref name="reach"/>, in the filter's units.</summary>
    public static float Bound(double reach, double slack, double widening)
    {
        double bound = TMetric.Fold(((reach * widening) + slack) * widening) * widening;
        return bound >= float.MaxValue ? float.PositiveInfinity : float.BitIncrement((float)bound);
    }
}
