using AnomalyKit.LocalOutlierFactor.Kernels;
using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Measures the rows of a block against leaves: against all, or against those that the boxes leave.</summary>
internal sealed unsafe class LeafScan<TMetric>(PointStore store, IPanelKernel kernel)
    where TMetric : IMetric
{
    private readonly ParentCenters<TMetric> _centers = new(store);
    private readonly ParentBoxes<TMetric> _boxes = new(store);

    /// <summary>Every leaf against every row.</summary>
    public void All(QueryBlock* block, CancellationToken cancellationToken)
    {
        for (int leaf = 0; leaf < store.LeafCount; leaf++)
        {
            if (leaf % 64 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < block->Count; i++)
                block->List[i] = i;
            Scan(block, leaf, block->List, block->Count);
        }
    }

    /// <summary>The leaves of each row's home first, then the parents in the order of their distance from the block.</summary>
    public void Near(QueryBlock* block, CancellationToken cancellationToken)
    {
        for (int i = 0; i < block->Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int home = block->Homes[i];
            int count = 0;
            for (; i < block->Count && block->Homes[i] == home; i++)
                block->List[count++] = i;
            int end = Math.Min(store.LeafCount, (home + 1) * TreeShape.ParentLeaves);
            for (int leaf = home * TreeShape.ParentLeaves; leaf < end; leaf++)
                Scan(block, leaf, block->List, count);
        }

        for (int i = 0; i < block->Count; i++)
            block->Counts[i] = CandidateFilter<TMetric>.Tighten(block, i, block->Counts[i]);

        _centers.Order(block);
        int* lengths = stackalloc int[TreeShape.ParentLeaves];
        for (int visit = 0; visit < store.ParentCount; visit++)
        {
            if (visit % 8 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int parent = (int)(uint)block->Parents[visit];
            int count = _boxes.NearParent(block, parent);
            if (count == 0)
                continue;
            block->TestedParents += count;
            TightenNear(block, count);
            _boxes.NearLeaves(block, parent, count, lengths);
            int leaves = Math.Min(TreeShape.ParentLeaves, store.LeafCount - (parent * TreeShape.ParentLeaves));
            for (int i = 0; i < leaves; i++)
            {
                block->ScannedLeaves += lengths[i];
                if (lengths[i] > 0)
                    Scan(block, (parent * TreeShape.ParentLeaves) + i, block->LeafLists + ((long)i * block->ListStride), lengths[i]);
            }
        }
    }

    /// <summary>Lowers the bounds of listed rows that found a few candidates more: lower bounds rule more leaves out.</summary>
    private static void TightenNear(QueryBlock* block, int count)
    {
        const int Some = 8;
        for (int i = 0; i < count; i++)
        {
            int row = block->List[i];
            if (block->Counts[row] > block->Neighbors + Some + (block->Neighbors / 8))
                block->Counts[row] = CandidateFilter<TMetric>.Tighten(block, row, block->Counts[row]);
        }
    }

    private void Scan(QueryBlock* block, int leaf, int* rows, int count) => kernel.Scan(
        store.Panels + ((long)leaf * TreeShape.LeafPoints * store.Columns), store.ValidPoints(leaf), leaf * TreeShape.LeafPoints, block, rows, count);
}
