using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;
using AnomalyKit.Simd;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>All points within a distance of one row.</summary>
internal static unsafe class RadiusSearch<TMetric>
    where TMetric : IMetric
{
    /// <summary>The points, nearest first, equally near ones by number.</summary>
    public static List<(int Point, double Distance)> Within(PointStore store, bool usesTree, ReadOnlySpan<float> row, double radius)
    {
        var found = new List<(int Point, double Distance)>();
        var image = new AlignedFloats(store.Columns);
        var cells = new AlignedFloats(store.RowStride);
        row.CopyTo(new Span<float>(cells.Pointer, store.Columns));
        double slack = store.Space.Slack(store.Space.Map(row, image.Pointer));
        float bound = CandidateFilter<TMetric>.Bound(radius * store.Space.Scale, slack, store.Space.Widening);
        for (int parent = 0; parent < store.ParentCount; parent++)
        {
            float* box = store.ParentBoxes + ((long)parent * 2 * store.BoxDimensions);
            float fold = 0;
            for (int d = 0; usesTree && d < store.BoxDimensions; d++)
                fold = TMetric.Add(fold, image.Pointer[d] - Math.Clamp(image.Pointer[d], box[2 * d], box[(2 * d) + 1]));
            if (fold > bound)
                continue;
            int end = Math.Min(store.Count, (parent + 1) * TreeShape.ParentPoints);
            for (int position = parent * TreeShape.ParentPoints; position < end; position++)
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
}
