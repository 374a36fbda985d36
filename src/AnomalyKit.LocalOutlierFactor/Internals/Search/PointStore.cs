using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.LocalOutlierFactor.Tiles;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>The points that neighbors are looked for among, in the order of the tree's leaves: as panels of 32 for the filter, as rows for what decides.</summary>
/// <remarks>
/// <para>
/// A leaf holds 32 points, a parent 8 leaves; all are full but the last. Memory: for each point 4 bytes per column in the panels, 4 a column (rounded up to a multiple of
/// four columns) in the rows, and 4 for its number; for each leaf two box corners of at most <see cref="TreeShape.MaxBoxDimensions"/> dimensions.
/// </para>
/// <para>Immutable and safe for any number of threads.</para>
/// </remarks>
internal sealed unsafe class PointStore
{
    private const int BlockPoints = 4096;

    private readonly AlignedFloats _panels;
    private readonly AlignedFloats _rows;
    private readonly AlignedFloats _leafBoxes;
    private readonly AlignedFloats _parentBoxes;
    private readonly AlignedFloats _centers;
    private readonly int[] _ids;

    private PointStore(int count, int columns, DistanceMetric metric, FilterSpace space)
    {
        Count = count;
        Columns = columns;
        Metric = metric;
        Space = space;
        RowStride = ExactFold.Stride(columns);
        LeafCount = Blocks.Count(count, TreeShape.LeafPoints);
        ParentCount = Blocks.Count(count, TreeShape.ParentPoints);
        BoxDimensions = Math.Min(columns, TreeShape.MaxBoxDimensions);
        _panels = new AlignedFloats((long)LeafCount * TreeShape.LeafPoints * columns);
        _rows = new AlignedFloats((long)count * RowStride);
        _leafBoxes = new AlignedFloats((long)ParentCount * 2 * BoxDimensions * TreeShape.ParentLeaves);
        _parentBoxes = new AlignedFloats((long)ParentCount * 2 * BoxDimensions);
        _centers = new AlignedFloats((long)Blocks.RoundUp(ParentCount, TreeShape.LeafPoints) * columns);
        _ids = GC.AllocateUninitializedArray<int>(count, pinned: true);
    }

    public int Count { get; }

    public int Columns { get; }

    public DistanceMetric Metric { get; }

    public FilterSpace Space { get; }

    public int LeafCount { get; }

    public int ParentCount { get; }

    public int BoxDimensions { get; }

    public int RowStride { get; }

    /// <summary>A leaf's points, dimension by dimension: 32 cells of the first, 32 of the second, …; zeros where there is no point.</summary>
    public float* Panels => _panels.Pointer;

    /// <summary>The points as they are, one padded row each.</summary>
    public float* Rows => _rows.Pointer;

    /// <summary>A parent's leaf boxes: the low corners dimension by dimension, one cell a leaf, then the high ones. Leaves that do not exist are infinitely far.</summary>
    public float* LeafBoxes => _leafBoxes.Pointer;

    /// <summary>A parent's box: the low and the high end of each dimension.</summary>
    public float* ParentBoxes => _parentBoxes.Pointer;

    /// <summary>The parents' centers, as panels of 32.</summary>
    public float* Centers => _centers.Pointer;

    /// <summary>The number of the point at a position.</summary>
    public ReadOnlySpan<int> Ids => _ids;

    public int* IdAddress => (int*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_ids, 0);

    /// <summary>A bit for each point of a leaf.</summary>
    public uint ValidPoints(int leaf) => leaf < LeafCount - 1 || Count % TreeShape.LeafPoints == 0 ? uint.MaxValue : (1u << (Count % TreeShape.LeafPoints)) - 1;

    /// <summary>Builds the store.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="points">The distinct rows among them, in the order of their numbers.</param>
    /// <param name="metric">How distances are measured.</param>
    /// <param name="isTree">Whether points are ordered as a tree; otherwise they stay in the order of their numbers.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    public static PointStore Build(FeatureMatrix rows, int[] points, DistanceMetric metric, bool isTree, FitContext context)
    {
        const string Stage = "building the neighbor index";
        var space = FilterSpace.Fit(rows, points, metric, context.CancellationToken);
        var store = new PointStore(points.Length, rows.ColumnCount, metric, space);
        int dimensions = store.Columns;
        var images = new AlignedFloats((long)points.Length * dimensions);
        int blocks = Blocks.Count(points.Length, BlockPoints);
        context.Part(0, 0.3).ForBlocks(Stage, blocks, block =>
        {
            int end = Math.Min(points.Length, (block + 1) * BlockPoints);
            for (int point = block * BlockPoints; point < end; point++)
                space.Map(rows.Cells(points[point]), images.Pointer + ((long)point * dimensions));
        });

        if (isTree)
        {
            LeafOrder.Find(images, dimensions, store._ids, context.Part(0.3, 0.8));
        }
        else
        {
            for (int i = 0; i < store._ids.Length; i++)
                store._ids[i] = i;
        }

        context.Part(0.8, 1).ForBlocks(Stage, store.ParentCount, parent => store.Fill(parent, rows, points, images));
        GC.KeepAlive(images);
        return store;
    }

    private void Fill(int parent, FeatureMatrix rows, int[] points, AlignedFloats images)
    {
        int begin = parent * TreeShape.ParentPoints;
        int end = Math.Min(Count, begin + TreeShape.ParentPoints);
        float* leafBoxes = LeafBoxes + ((long)parent * 2 * BoxDimensions * TreeShape.ParentLeaves);
        new Span<float>(leafBoxes, BoxDimensions * TreeShape.ParentLeaves).Fill(float.PositiveInfinity);
        new Span<float>(leafBoxes + (BoxDimensions * TreeShape.ParentLeaves), BoxDimensions * TreeShape.ParentLeaves).Fill(float.NegativeInfinity);
        var sums = new double[Columns];
        for (int position = begin; position < end; position++)
        {
            int point = _ids[position];
            rows.Cells(points[point]).CopyTo(new Span<float>(Rows + ((long)position * RowStride), Columns));
            int leaf = position / TreeShape.LeafPoints;
            float* panel = Panels + ((long)leaf * TreeShape.LeafPoints * Columns) + (position % TreeShape.LeafPoints);
            float* image = images.Pointer + ((long)point * Columns);
            for (int d = 0; d < Columns; d++)
            {
                panel[d * TreeShape.LeafPoints] = image[d];
                sums[d] += image[d];
            }

            float* low = leafBoxes + (leaf % TreeShape.ParentLeaves);
            float* high = low + (BoxDimensions * TreeShape.ParentLeaves);
            for (int d = 0; d < BoxDimensions; d++)
            {
                low[d * TreeShape.ParentLeaves] = Math.Min(low[d * TreeShape.ParentLeaves], image[d]);
                high[d * TreeShape.ParentLeaves] = Math.Max(high[d * TreeShape.ParentLeaves], image[d]);
            }
        }

        float* box = ParentBoxes + ((long)parent * 2 * BoxDimensions);
        for (int d = 0; d < BoxDimensions; d++)
        {
            box[2 * d] = float.PositiveInfinity;
            box[(2 * d) + 1] = float.NegativeInfinity;
            for (int leaf = 0; leaf < TreeShape.ParentLeaves; leaf++)
            {
                box[2 * d] = Math.Min(box[2 * d], leafBoxes[(d * TreeShape.ParentLeaves) + leaf]);
                box[(2 * d) + 1] = Math.Max(box[(2 * d) + 1], leafBoxes[((BoxDimensions + d) * TreeShape.ParentLeaves) + leaf]);
            }
        }

        float* center = Centers + ((long)(parent / TreeShape.LeafPoints) * TreeShape.LeafPoints * Columns) + (parent % TreeShape.LeafPoints);
        for (int d = 0; d < Columns; d++)
            center[d * TreeShape.LeafPoints] = (float)(sums[d] / (end - begin));
    }
}
