using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Takes rows into a block: points of the store, or rows from outside.</summary>
internal sealed unsafe class BlockLoader<TMetric>(PointStore store, bool usesTree)
    where TMetric : IMetric
{
    private readonly ParentCenters<TMetric> _centers = new(store);

    /// <summary>Takes points of the store, from a position on.</summary>
    public void Points(QueryBlock* block, int start)
    {
        int dimensions = store.Columns;
        block->Rows = store.Rows + ((long)start * store.RowStride);
        for (int i = 0; i < block->Count; i++)
        {
            int position = start + i;
            float* point = store.Panels + ((long)(position / TreeShape.LeafPoints) * TreeShape.LeafPoints * dimensions) + (position % TreeShape.LeafPoints);
            float* query = block->Queries + ((long)i * dimensions);
            double squares = 0;
            for (int d = 0; d < dimensions; d++)
            {
                query[d] = point[d * TreeShape.LeafPoints];
                squares += (double)query[d] * query[d];
            }

            block->Slacks[i] = store.Space.Slack(Math.Sqrt(squares));
            block->Homes[i] = position / TreeShape.ParentPoints;
            block->Order[i] = (uint)i;
        }

        Prepare(block);
    }

    /// <summary>Takes rows into the block in the order of their homes.</summary>
    public void Rows(QueryBlock* block, ReadOnlySpan<float> rows)
    {
        int columns = store.Columns;
        int stride = store.RowStride;
        for (int row = 0; row < block->Count; row++)
        {
            block->Order[row] = (uint)row;
            if (!usesTree)
                continue;
            store.Space.Map(rows.Slice(row * columns, columns), block->Queries);
            block->Order[row] |= (ulong)_centers.Nearest(block->Queries) << 32;
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
        block->Prune = &CandidateFilter<TMetric>.Prune;
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
}
