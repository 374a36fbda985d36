using AnomalyKit.LocalOutlierFactor.Kernels;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>The points that neighbours are looked for among, in the order of the tree's leaves: as panels of 32 for the filter, as rows for what decides.</summary>
/// <remarks>
/// <para>
/// A leaf holds 32 points, a parent 8 leaves; all are full but the last. Memory: for each point 4 bytes a column in the panels, 4 a column (rounded up to a multiple of
/// four columns) in the rows, and 4 for its number; for each leaf two box corners of at most <see cref="MostBoxDimensions"/> dimensions.
/// </para>
/// <para>Immutable and safe for any number of threads.</para>
/// </remarks>
internal sealed unsafe class PointStore
{
    public const int LeafPoints = 32;
    public const int ParentLeaves = 8;
    public const int ParentPoints = LeafPoints * ParentLeaves;

    /// <summary>Of more dimensions, those behind the widest of them hardly ever rule a leaf out.</summary>
    public const int MostBoxDimensions = 32;

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
        LeafCount = Blocks.Count(count, LeafPoints);
        ParentCount = Blocks.Count(count, ParentPoints);
        BoxDimensions = Math.Min(columns, MostBoxDimensions);
        _panels = new AlignedFloats((long)LeafCount * LeafPoints * columns);
        _rows = new AlignedFloats((long)count * RowStride);
        _leafBoxes = new AlignedFloats((long)ParentCount * 2 * BoxDimensions * ParentLeaves);
        _parentBoxes = new AlignedFloats((long)ParentCount * 2 * BoxDimensions);
        _centers = new AlignedFloats((long)Blocks.RoundUp(ParentCount, LeafPoints) * columns);
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
    public uint ValidPoints(int leaf) => leaf < LeafCount - 1 || Count % LeafPoints == 0 ? uint.MaxValue : (1u << (Count % LeafPoints)) - 1;

    /// <summary>Builds the store.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="points">The distinct rows among them, in the order of their numbers.</param>
    /// <param name="metric">How distances are measured.</param>
    /// <param name="isTree">Whether points are ordered as a tree; otherwise they stay in the order of their numbers.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    public static PointStore Build(FeatureMatrix rows, int[] points, DistanceMetric metric, bool isTree, FitContext context)
    {
        const string Stage = "building the neighbour index";
        var space = FilterSpace.Fit(rows, points, metric, context.CancellationToken);
        var store = new PointStore(points.Length, rows.ColumnCount, metric, space);
        int dimensions = store.Columns;
        var images = new AlignedFloats((long)points.Length * dimensions);
        int blocks = Blocks.Count(points.Length, BlockPoints);
        context.Part(0, 0.3).ForBlocks(Stage, blocks, block =>
        {
            int end = Math.Min(points.Length, (block + 1) * BlockPoints);
            for (int point = block * BlockPoints; point < end; point++)
                space.Map(rows.Row(points[point]), images.Pointer + ((long)point * dimensions));
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
        int begin = parent * ParentPoints;
        int end = Math.Min(Count, begin + ParentPoints);
        float* leafBoxes = LeafBoxes + ((long)parent * 2 * BoxDimensions * ParentLeaves);
        new Span<float>(leafBoxes, BoxDimensions * ParentLeaves).Fill(float.PositiveInfinity);
        new Span<float>(leafBoxes + (BoxDimensions * ParentLeaves), BoxDimensions * ParentLeaves).Fill(float.NegativeInfinity);
        var sums = new double[Columns];
        for (int position = begin; position < end; position++)
        {
            int point = _ids[position];
            rows.Row(points[point]).CopyTo(new Span<float>(Rows + ((long)position * RowStride), Columns));
            int leaf = position / LeafPoints;
            float* panel = Panels + ((long)leaf * LeafPoints * Columns) + (position % LeafPoints);
            float* image = images.Pointer + ((long)point * Columns);
            for (int d = 0; d < Columns; d++)
            {
                panel[d * LeafPoints] = image[d];
                sums[d] += image[d];
            }

            float* low = leafBoxes + (leaf % ParentLeaves);
            float* high = low + (BoxDimensions * ParentLeaves);
            for (int d = 0; d < BoxDimensions; d++)
            {
                low[d * ParentLeaves] = Math.Min(low[d * ParentLeaves], image[d]);
                high[d * ParentLeaves] = Math.Max(high[d * ParentLeaves], image[d]);
            }
        }

        float* box = ParentBoxes + ((long)parent * 2 * BoxDimensions);
        for (int d = 0; d < BoxDimensions; d++)
        {
            box[2 * d] = float.PositiveInfinity;
            box[(2 * d) + 1] = float.NegativeInfinity;
            for (int leaf = 0; leaf < ParentLeaves; leaf++)
            {
                box[2 * d] = Math.Min(box[2 * d], leafBoxes[(d * ParentLeaves) + leaf]);
                box[(2 * d) + 1] = Math.Max(box[(2 * d) + 1], leafBoxes[((BoxDimensions + d) * ParentLeaves) + leaf]);
            }
        }

        float* center = Centers + ((long)(parent / LeafPoints) * LeafPoints * Columns) + (parent % LeafPoints);
        for (int d = 0; d < Columns; d++)
            center[d * LeafPoints] = (float)(sums[d] / (end - begin));
    }
}
