using System.Buffers;
using AnomalyKit.LocalOutlierFactor.Search;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>The rows that scores refer to: the distinct ones, how often each occurs, and a search among them.</summary>
/// <remarks>
/// Neighbors are found among the distinct rows and counted with their copies: k rows are found among at most k points. So equal distances go to the point whose
/// first row comes first, and copies of a row stand together.
/// </remarks>
internal sealed class ReferenceSet
{
    private ReferenceSet(INeighborSearch search, int[] copies, int[] firstRows)
    {
        Search = search;
        Copies = copies;
        FirstRows = firstRows;
    }

    public INeighborSearch Search { get; }

    /// <summary>How many rows each point stands for.</summary>
    public int[] Copies { get; }

    /// <summary>The first training row that equals each point, in ascending order.</summary>
    public int[] FirstRows { get; }

    public int PointCount => Copies.Length;

    /// <summary>Builds a set of all rows, or of the given ones; also tells each of its rows' point.</summary>
    public static (ReferenceSet Set, int[] PointOf) Build(FeatureMatrix rows, int[]? subset, NeighborOptions options, FitContext context)
    {
        var chosen = subset is null ? rows : rows.SelectRows(subset);
        var distinct = DistinctRows.Of(chosen, context.CancellationToken);
        var search = SearchIndex.Build(chosen, distinct.First, options.Metric, options.Engine, options.Kernel, context);
        int[] firstRows = subset is null ? distinct.First : [.. distinct.First.Select(row => subset[row])];
        return (new ReferenceSet(search, distinct.Copies, firstRows), distinct.PointOf);
    }

    public static ReferenceSet Read(ModelReader reader, int columns, int neighbors, DistanceMetric metric, NeighborEngine engine)
    {
        float[] cells = reader.GetSingles("rows", -1, columns);
        int count = cells.Length / columns;
        int[] copies = reader.GetInt32s("copies", 1, int.MaxValue, count);
        if (copies.Sum(copy => (long)copy) <= neighbors)
            throw ModelReader.FormatError($"it has {copies.Sum(copy => (long)copy)} reference rows and looks for {neighbors} neighbors");
        int[] firstRows = reader.GetInt32s("first_rows", 0, int.MaxValue - 1, count);
        for (int point = 1; point < count; point++)
        {
            if (firstRows[point] <= firstRows[point - 1])
                throw ModelReader.FormatError($"point {point} stands for row {firstRows[point]} and the one before it for row {firstRows[point - 1]}; they were expected in order");
        }

        var rows = FeatureMatrix.Wrap(cells, columns);
        var search = SearchIndex.Build(rows, [.. Enumerable.Range(0, count)], metric, engine, VectorWidth.Auto, new FitContext());
        return new ReferenceSet(search, copies, firstRows);
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Add("rows", CopyRows().AsMemory(), PointCount, Search.Store.Columns);
        writer.Add("copies", Copies.AsMemory());
        writer.Add("first_rows", FirstRows.AsMemory());
    }

    /// <summary>The points, row-major, in the order of their first rows.</summary>
    public unsafe float[] CopyRows()
    {
        var store = Search.Store;
        var cells = new float[(long)store.Count * store.Columns];
        for (int position = 0; position < store.Count; position++)
        {
            new ReadOnlySpan<float>(store.Rows + ((long)position * store.RowStride), store.Columns)
                .CopyTo(cells.AsSpan(store.Ids[position] * store.Columns, store.Columns));
        }

        GC.KeepAlive(store);
        return cells;
    }

    /// <summary>The nearest points of every point, itself left out.</summary>
    public PointNeighbors NearestOfPoints(int neighbors, FitContext context)
    {
        int width = Math.Min(neighbors, PointCount - 1);
        var points = new int[checked(width * PointCount)];
        var distances = new double[points.Length];
        if (width > 0)
            Search.NearestOfPoints(width, points, distances, context);
        return new PointNeighbors(width, points, distances);
    }

    /// <summary>Adds each row's score, made of its nearest points, to its sum. Does not allocate.</summary>
    public void AddScores<TScore>(ReadOnlySpan<float> rows, int neighbors, TScore score, Span<double> sums)
        where TScore : INeighborScore
    {
        int columns = Search.Store.Columns;
        int width = Math.Min(neighbors, PointCount);
        int most = Math.Min(Search.BlockRows(width), sums.Length);
        int[] points = ArrayPool<int>.Shared.Rent(most * width);
        double[] distances = ArrayPool<double>.Shared.Rent(most * width);
        try
        {
            for (int start = 0; start < sums.Length; start += most)
            {
                int count = Math.Min(most, sums.Length - start);
                Search.Nearest(rows.Slice(start * columns, count * columns), width, points.AsSpan(0, count * width), distances.AsSpan(0, count * width));
                for (int i = 0; i < count; i++)
                    sums[start + i] += score.Of(points.AsSpan(i * width, width), distances.AsSpan(i * width, width));
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(points);
            ArrayPool<double>.Shared.Return(distances);
        }
    }
}
