using System.Buffers;
using AnomalyKit.LocalOutlierFactor.Kernels;
using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;
using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>The search with one metric.</summary>
/// <remarks>
/// Rows are looked up in blocks. Each is first measured against the 256 points of its home, the parent that it lies in or whose center is nearest. Then the parents are
/// visited in the order of their distance from the block: rows that a parent's box is too far from are left out by eight, then those that a leaf's box is too far
/// from; what is left goes to the kernel leaf by leaf. By brute force, every leaf is measured against every row.
/// </remarks>
internal sealed unsafe class NeighborSearch<TMetric>(PointStore store, bool usesTree, VectorWidth kernel) : INeighborSearch
    where TMetric : IMetric
{
    private readonly BlockLoader<TMetric> _loader = new(store, usesTree);
    private readonly LeafScan<TMetric> _scan = new(store, NeighborKernels.Resolve<TMetric>(kernel));

    public PointStore Store => store;

    public bool UsesTree => usesTree;

    public int BlockRows(int neighbors) => BlockMemory.Rows(neighbors, store.Columns);

    public void Nearest(ReadOnlySpan<float> rows, int neighbors, Span<int> points, Span<double> distances)
    {
        int total = rows.Length / store.Columns;
        int most = Math.Min(total, BlockMemory.Rows(neighbors, store.Columns));
        byte[] memory = ArrayPool<byte>.Shared.Rent(checked((int)BlockMemory.Bytes(store, most, neighbors)));
        try
        {
            fixed (byte* address = memory)
            {
                for (int start = 0; start < total; start += most)
                {
                    int count = Math.Min(most, total - start);
                    var block = default(QueryBlock);
                    BlockMemory.Lay(ref block, address, store, count, neighbors);
                    _loader.Rows(&block, rows.Slice(start * store.Columns, count * store.Columns));
                    Search(&block, default);
                    for (int i = 0; i < count; i++)
                    {
                        int row = (int)(uint)block.Order[i];
                        Deliver(&block, i, 0, points.Slice((start + row) * neighbors, neighbors), distances.Slice((start + row) * neighbors, neighbors));
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(memory);
        }
    }

    public void NearestOfPoints(int neighbors, int[] points, double[] distances, FitContext context)
    {
        int rows = BlockMemory.Rows(neighbors + 1, store.Columns);
        context.ForBlocks("finding neighbors", Blocks.Count(store.Count, rows), number =>
        {
            int start = number * rows;
            int count = Math.Min(rows, store.Count - start);
            byte[] memory = ArrayPool<byte>.Shared.Rent(checked((int)BlockMemory.Bytes(store, count, neighbors + 1)));
            try
            {
                fixed (byte* address = memory)
                {
                    var block = default(QueryBlock);
                    BlockMemory.Lay(ref block, address, store, count, neighbors + 1);
                    _loader.Points(&block, start);
                    Search(&block, context.CancellationToken);
                    for (int i = 0; i < count; i++)
                    {
                        // The first neighbour of a point is itself: no other is at distance 0.
                        long target = (long)store.Ids[start + i] * neighbors;
                        Deliver(&block, i, 1, points.AsSpan(checked((int)target), neighbors), distances.AsSpan((int)target, neighbors));
                    }
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(memory);
            }
        });
    }

    public double EstimateTreeCost(CancellationToken cancellationToken)
    {
        const int Samples = 8;
        const int Neighbors = 20;
        int most = Math.Min(Neighbors, store.Count);
        double tree = 0;
        double all = 0;
        var memory = new byte[BlockMemory.Bytes(store, TreeShape.LeafPoints, most)];
        fixed (byte* address = memory)
        {
            for (int sample = 0; sample < Samples; sample++)
            {
                int start = (int)((long)store.LeafCount * sample / Samples) * TreeShape.LeafPoints;
                int count = Math.Min(TreeShape.LeafPoints, store.Count - start);
                var block = default(QueryBlock);
                BlockMemory.Lay(ref block, address, store, count, most);
                _loader.Points(&block, start);
                _scan.Near(&block, cancellationToken);

                // In folds of one column, eight of which take two instructions; those of boxes take four.
                long home = (long)count * TreeShape.ParentLeaves;
                tree += ((block.ScannedLeaves + home) * TreeShape.LeafPoints * (double)store.Columns)
                    + (block.TestedParents * 2.0 * TreeShape.ParentLeaves * store.BoxDimensions)
                    + ((double)count * store.ParentCount * 2 * store.BoxDimensions);
                all += (double)count * store.LeafCount * TreeShape.LeafPoints * store.Columns;
            }
        }

        GC.KeepAlive(store);
        return tree / all;
    }

    public List<(int Point, double Distance)> Within(ReadOnlySpan<float> row, double radius) => RadiusSearch<TMetric>.Within(store, usesTree, row, radius);

    private void Search(QueryBlock* block, CancellationToken cancellationToken)
    {
        if (usesTree)
            _scan.Near(block, cancellationToken);
        else
            _scan.All(block, cancellationToken);
        GC.KeepAlive(store);
    }

    private void Deliver(QueryBlock* block, int row, int skip, Span<int> points, Span<double> distances)
    {
        int count = CandidateFilter<TMetric>.Tighten(block, row, block->Counts[row]);
        count = CandidateFilter<TMetric>.Settle(block, row, count);
        if (count < points.Length + skip)
            throw new InvalidOperationException($"{count} neighbors were found of {points.Length + skip}.");
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = store.Ids[(int)(uint)block->Keys[i + skip]];
            distances[i] = TMetric.Distance(block->Folds[i + skip]);
        }
    }
}
