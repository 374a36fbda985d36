using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.LocalOutlierFactor.Kernels;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

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
    private readonly IPanelKernel _kernel = NeighborKernels.Resolve<TMetric>(kernel);

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
                    LoadRows(&block, rows.Slice(start * store.Columns, count * store.Columns));
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
        context.ForBlocks("finding neighbours", Blocks.Count(store.Count, rows), number =>
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
                    LoadPoints(&block, start);
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
        var memory = new byte[BlockMemory.Bytes(store, PointStore.LeafPoints, most)];
        fixed (byte* address = memory)
        {
            for (int sample = 0; sample < Samples; sample++)
            {
                int start = (int)((long)store.LeafCount * sample / Samples) * PointStore.LeafPoints;
                int count = Math.Min(PointStore.LeafPoints, store.Count - start);
                var block = default(QueryBlock);
                BlockMemory.Lay(ref block, address, store, count, most);
                LoadPoints(&block, start);
                SearchTree(&block, cancellationToken);

                // In folds of one column, eight of which take two instructions; those of boxes take four.
                long home = (long)count * PointStore.ParentLeaves;
                tree += ((block.ScannedLeaves + home) * PointStore.LeafPoints * (double)store.Columns)
                    + (block.TestedParents * 2.0 * PointStore.ParentLeaves * store.BoxDimensions)
                    + ((double)count * store.ParentCount * 2 * store.BoxDimensions);
                all += (double)count * store.LeafCount * PointStore.LeafPoints * store.Columns;
            }
        }

        GC.KeepAlive(store);
        return tree / all;
    }

    public List<(int Point, double Distance)> Within(ReadOnlySpan<float> row, double radius)
    {
        var found = new List<(int Point, double Distance)>();
        var image = new AlignedFloats(store.Columns);
        var cells = new AlignedFloats(store.RowStride);
        row.CopyTo(new Span<float>(cells.Pointer, store.Columns));
        double slack = store.Space.Slack(store.Space.Map(row, image.Pointer));
        float bound = Candidates<TMetric>.Bound(radius * store.Space.Scale, slack, store.Space.Widening);
        for (int parent = 0; parent < store.ParentCount; parent++)
        {
            float* box = store.ParentBoxes + ((long)parent * 2 * store.BoxDimensions);
            float fold = 0;
            for (int d = 0; usesTree && d < store.BoxDimensions; d++)
                fold = TMetric.Add(fold, image.Pointer[d] - Math.Clamp(image.Pointer[d], box[2 * d], box[(2 * d) + 1]));
            if (fold > bound)
                continue;
            int end = Math.Min(store.Count, (parent + 1) * PointStore.ParentPoints);
            for (int position = parent * PointStore.ParentPoints; position < end; position++)
            {
                double distance = TMetric.Distance(ExactFold.Of<TMetric>(cells.Pointer, store.Rows + ((long)position * store.RowStride), store.RowStride));
                if (distance <= radius)
                    found.Add((store.Ids[position], distance));
            }
        }

        GC.KeepAlive(image);
        GC.KeepAlive(cells);
        GC.KeepAlive(store);
        found.Sort((left, right) => left.Distance != right.Distance ? left.Distance.CompareTo(right.Distance) : left.Point.CompareTo(right.Point));
        return found;
    }

    private void LoadPoints(QueryBlock* block, int start)
    {
        int dimensions = store.Columns;
        block->Rows = store.Rows + ((long)start * store.RowStride);
        for (int i = 0; i < block->Count; i++)
        {
            int position = start + i;
            float* point = store.Panels + ((long)(position / PointStore.LeafPoints) * PointStore.LeafPoints * dimensions) + (position % PointStore.LeafPoints);
            float* query = block->Queries + ((long)i * dimensions);
            double squares = 0;
            for (int d = 0; d < dimensions; d++)
            {
                query[d] = point[d * PointStore.LeafPoints];
                squares += (double)query[d] * query[d];
            }

            block->Slacks[i] = store.Space.Slack(Math.Sqrt(squares));
            block->Homes[i] = position / PointStore.ParentPoints;
            block->Order[i] = (uint)i;
        }

        Prepare(block);
    }

    /// <summary>Takes rows into the block in the order of their homes.</summary>
    private void LoadRows(QueryBlock* block, ReadOnlySpan<float> rows)
    {
        int columns = store.Columns;
        int stride = store.RowStride;
        for (int row = 0; row < block->Count; row++)
        {
            block->Order[row] = (uint)row;
            if (!usesTree)
                continue;
            store.Space.Map(rows.Slice(row * columns, columns), block->Queries);
            block->Order[row] |= (ulong)Home(block->Queries) << 32;
        }

        new Span<ulong>(block->Order, block->Count).Sort();
        for (int i = 0; i < block->Count; i++)
        {
            int row = (int)(uint)block->Order[i];
            block->Homes[i] = (int)(block->Order[i] >> 32);
            var cells = rows.Slice(row * columns, columns);
            block->Slacks[i] = store.Space.Slack(store.Space.Map(cells, block->Queries + ((long)i * columns)));
            var padded = new Span<float>(block->Rows + ((long)i * stride), stride);
            cells.CopyTo(padded);
            padded[columns..].Clear();
        }

        Prepare(block);
    }

    private static void Prepare(QueryBlock* block)
    {
        block->Prune = &Candidates<TMetric>.Prune;
        for (int d = 0; d < block->BoxDimensions; d++)
        {
            float* column = block->Columns + ((long)d * block->Padded);
            for (int i = 0; i < block->Padded; i++)
                column[i] = i < block->Count ? block->Queries[((long)i * block->Dimensions) + d] : 0;
        }

        for (int i = 0; i < block->Padded; i++)
            block->Bounds[i] = i < block->Count ? float.PositiveInfinity : -1;
        new Span<int>(block->Counts, block->Count).Clear();
    }

    private void Search(QueryBlock* block, CancellationToken cancellationToken)
    {
        if (usesTree)
            SearchTree(block, cancellationToken);
        else
            SearchAll(block, cancellationToken);
        GC.KeepAlive(store);
    }

    private void SearchAll(QueryBlock* block, CancellationToken cancellationToken)
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

    private void SearchTree(QueryBlock* block, CancellationToken cancellationToken)
    {
        for (int i = 0; i < block->Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int home = block->Homes[i];
            int count = 0;
            for (; i < block->Count && block->Homes[i] == home; i++)
                block->List[count++] = i;
            int end = Math.Min(store.LeafCount, (home + 1) * PointStore.ParentLeaves);
            for (int leaf = home * PointStore.ParentLeaves; leaf < end; leaf++)
                Scan(block, leaf, block->List, count);
        }

        for (int i = 0; i < block->Count; i++)
            block->Counts[i] = Candidates<TMetric>.Tighten(block, i, block->Counts[i]);

        OrderParents(block);
        int* lengths = stackalloc int[PointStore.ParentLeaves];
        for (int visit = 0; visit < store.ParentCount; visit++)
        {
            if (visit % 8 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int parent = (int)(uint)block->Parents[visit];
            int count = NearParent(block, parent);
            if (count == 0)
                continue;
            block->TestedParents += count;
            TightenNear(block, count);
            NearLeaves(block, parent, count, lengths);
            int leaves = Math.Min(PointStore.ParentLeaves, store.LeafCount - (parent * PointStore.ParentLeaves));
            for (int i = 0; i < leaves; i++)
            {
                block->ScannedLeaves += lengths[i];
                if (lengths[i] > 0)
                    Scan(block, (parent * PointStore.ParentLeaves) + i, block->LeafLists + ((long)i * block->ListStride), lengths[i]);
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
                block->Counts[row] = Candidates<TMetric>.Tighten(block, row, block->Counts[row]);
        }
    }

    private void Scan(QueryBlock* block, int leaf, int* rows, int count) => _kernel.Scan(
        store.Panels + ((long)leaf * PointStore.LeafPoints * store.Columns), store.ValidPoints(leaf), leaf * PointStore.LeafPoints, block, rows, count);

    /// <summary>The parents by their centers' distance from the block's middle.</summary>
    private void OrderParents(QueryBlock* block)
    {
        int dimensions = store.BoxDimensions;
        float* middle = stackalloc float[PointStore.MostBoxDimensions];
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
                fold = TMetric.Add(fold, middle[d] - center[d * PointStore.LeafPoints]);
            block->Parents[parent] = Selection.Key(fold, (uint)parent);
        }

        new Span<ulong>(block->Parents, store.ParentCount).Sort();
    }

    private float* Center(int parent) =>
        store.Centers + ((long)(parent / PointStore.LeafPoints) * PointStore.LeafPoints * store.Columns) + (parent % PointStore.LeafPoints);

    /// <summary>The parent whose center is nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Home(float* query)
    {
        int nearest = 0;
        float least = float.PositiveInfinity;
        for (int parent = 0; parent < store.ParentCount; parent += 8)
        {
            float* centers = Center(parent);
            var fold = Vector256<float>.Zero;
            for (int d = 0; d < store.Columns; d++)
                fold = TMetric.Add(fold, Vector256.Create(query[d]) - Vector256.Load(centers + (d * PointStore.LeafPoints)));
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

    /// <summary>Lists the rows that a parent cannot be ruled out for, those at home in it left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NearParent(QueryBlock* block, int parent)
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
    private void NearLeaves(QueryBlock* block, int parent, int count, int* lengths)
    {
        int dimensions = block->BoxDimensions;
        float* low = store.LeafBoxes + ((long)parent * 2 * dimensions * PointStore.ParentLeaves);
        float* high = low + (dimensions * PointStore.ParentLeaves);
        int* list = block->List;
        int* lists = block->LeafLists;
        long stride = block->ListStride;
        new Span<int>(lengths, PointStore.ParentLeaves).Clear();
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
                var lowest = Vector256.Load(low + (d * PointStore.ParentLeaves));
                var highest = Vector256.Load(high + (d * PointStore.ParentLeaves));
                fold0 = TMetric.Add(fold0, Gap(Vector256.Create(query0[d]), lowest, highest));
                fold1 = TMetric.Add(fold1, Gap(Vector256.Create(query1[d]), lowest, highest));
            }

            uint mask = Vector256.LessThanOrEqual(fold0, Vector256.Create(block->Bounds[row0])).ExtractMostSignificantBits();
            for (int leaf = 0; leaf < PointStore.ParentLeaves; leaf++)
            {
                lists[(leaf * stride) + lengths[leaf]] = row0;
                lengths[leaf] += (int)((mask >> leaf) & 1);
            }

            if (i + 1 == count)
                break;
            mask = Vector256.LessThanOrEqual(fold1, Vector256.Create(block->Bounds[row1])).ExtractMostSignificantBits();
            for (int leaf = 0; leaf < PointStore.ParentLeaves; leaf++)
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

    private void Deliver(QueryBlock* block, int row, int skip, Span<int> points, Span<double> distances)
    {
        int count = Candidates<TMetric>.Tighten(block, row, block->Counts[row]);
        count = Candidates<TMetric>.Settle(block, row, count);
        if (count < points.Length + skip)
            throw new InvalidOperationException($"{count} neighbours were found of {points.Length + skip}.");
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = store.Ids[(int)(uint)block->Keys[i + skip]];
            distances[i] = TMetric.Distance(block->Folds[i + skip]);
        }
    }
}
