using AnomalyKit.LocalOutlierFactor.Search;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Finds nearest neighbors among rows, exactly: the k nearest of any row, those of all its own rows at once, and all within a radius.</summary>
/// <remarks>
/// <para>
/// Distances are computed in double from the float32 cells, whatever the engine; neighbors come nearest first. Equal distances are ordered by the first row that
/// equals the neighbor, then by row: copies of a row stand together, at the place of the first. A row given as a query finds its equals in the index at
/// distance 0; only <see cref="NearestOfRows"/> leaves a row out of its own neighbors.
/// </para>
/// <para>
/// Memory: 4 bytes per cell twice (rows are rounded up to a multiple of four columns) and 16 bytes per row; another 4 bytes per cell while it is built. Immutable and safe
/// for any number of threads.
/// </para>
/// </remarks>
public sealed class NeighborIndex
{
    private readonly INeighborSearch _search;
    private readonly DistinctRows _distinct;
    private readonly int[] _starts;
    private readonly int[] _rows;

    private NeighborIndex(INeighborSearch search, DistinctRows distinct)
    {
        _search = search;
        _distinct = distinct;
        _starts = new int[distinct.Count + 1];
        for (int point = 0; point < distinct.Count; point++)
            _starts[point + 1] = _starts[point] + distinct.Copies[point];
        _rows = new int[distinct.PointOf.Length];
        int[] next = _starts[..^1];
        for (int row = 0; row < _rows.Length; row++)
            _rows[next[distinct.PointOf[row]]++] = row;
    }

    /// <summary>The number of rows.</summary>
    public int RowCount => _rows.Length;

    /// <summary>The number of columns.</summary>
    public int ColumnCount => _search.Store.Columns;

    /// <summary>How distances are measured.</summary>
    public DistanceMetric Metric => _search.Store.Metric;

    /// <summary>The engine that neighbors are found with.</summary>
    public NeighborEngine Engine => _search.UsesTree ? NeighborEngine.Tree : NeighborEngine.BruteForce;

    /// <summary>Builds an index.</summary>
    /// <param name="rows">At least one row; every cell finite. Copied.</param>
    /// <param name="metric">How distances are measured.</param>
    /// <param name="engine">How neighbors are looked for; results are the same with every engine.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the building.</param>
    /// <returns>The index.</returns>
    /// <exception cref="ArgumentException">There is no row.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeighborIndex Build(
        FeatureMatrix rows,
        DistanceMetric metric = DistanceMetric.Euclidean,
        NeighborEngine engine = NeighborEngine.Auto,
        FitOptions? options = null,
        CancellationToken cancellationToken = default) => Build(rows, metric, engine, VectorWidth.Auto, new FitContext(options, cancellationToken));

    /// <summary>The nearest rows of each query.</summary>
    /// <param name="queries">Row-major cells, all finite.</param>
    /// <param name="neighbors">The number of neighbors, from 1 to <see cref="RowCount"/>.</param>
    /// <param name="rows">Receives <paramref name="neighbors"/> row numbers a query, nearest first.</param>
    /// <param name="distances">Receives their distances.</param>
    /// <exception cref="ArgumentException">The cells are not a whole number of rows, or the results' lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many neighbors.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public void Nearest(ReadOnlySpan<float> queries, int neighbors, Span<int> rows, Span<double> distances)
    {
        if (neighbors < 1 || neighbors > RowCount)
            throw new ArgumentOutOfRangeException(nameof(neighbors), neighbors, $"The index has {RowCount} rows; ask for 1 to {RowCount} neighbors.");
        int count = Math.DivRem(queries.Length, ColumnCount, out int rest);
        if (rest != 0)
            throw new ArgumentException($"{queries.Length} cells do not form whole rows of {ColumnCount} columns.", nameof(queries));
        if (rows.Length != (long)count * neighbors)
            throw new ArgumentException($"There is room for {rows.Length} row numbers, but {count} queries with {neighbors} neighbors each give {(long)count * neighbors}.", nameof(rows));
        if (distances.Length != rows.Length)
            throw new ArgumentException($"Room for {distances.Length} distances and {rows.Length} row numbers.", nameof(distances));
        ThrowIfNotFinite(queries);

        int width = Math.Min(neighbors, _distinct.Count);
        int most = Math.Max(1, Math.Min(count, _search.BlockRows(width)));
        var points = new int[most * width];
        var near = new double[most * width];
        for (int start = 0; start < count; start += most)
        {
            int taken = Math.Min(most, count - start);
            _search.Nearest(queries.Slice(start * ColumnCount, taken * ColumnCount), width, points.AsSpan(0, taken * width), near.AsSpan(0, taken * width));
            for (int i = 0; i < taken; i++)
            {
                Expand(
                    points.AsSpan(i * width, width), near.AsSpan(i * width, width),
                    rows.Slice((start + i) * neighbors, neighbors), distances.Slice((start + i) * neighbors, neighbors));
            }
        }
    }

    /// <summary>The nearest other rows of every row of the index.</summary>
    /// <param name="neighbors">The number of neighbors, from 1 to <see cref="RowCount"/> − 1.</param>
    /// <param name="options">Threads and progress.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The neighbors: 12 bytes each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many neighbors, or there are more than <see cref="Array.MaxLength"/> in all.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public NeighborLists NearestOfRows(int neighbors, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (neighbors < 1 || neighbors >= RowCount)
        {
            throw new ArgumentOutOfRangeException(nameof(neighbors), neighbors, RowCount == 1
                ? "The index has 1 row, which has no neighbors. Build it from at least 2 rows."
                : $"Each of the {RowCount} rows has {RowCount - 1} neighbors; ask for 1 to {RowCount - 1}.");
        }

        if ((long)neighbors * RowCount > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(neighbors), neighbors, $"{neighbors} neighbors of each of {RowCount} rows do not fit one array; ask for at most {Array.MaxLength / RowCount}.");

        var context = new FitContext(options, cancellationToken);
        int width = Math.Min(neighbors, _distinct.Count - 1);
        var points = new int[width * _distinct.Count];
        var near = new double[points.Length];
        if (width > 0)
            _search.NearestOfPoints(width, points, near, context.Part(0, 0.95));
        var lists = new NeighborLists(neighbors, new int[neighbors * RowCount], new double[neighbors * RowCount]);
        const int BlockRows = 4096;
        context.Part(0.95, 1).ForBlocks("listing neighbors", Blocks.Count(RowCount, BlockRows), block =>
        {
            int end = Math.Min(RowCount, (block + 1) * BlockRows);
            for (int row = block * BlockRows; row < end; row++)
            {
                int point = _distinct.PointOf[row];
                var rows = lists.RowsOf(row);
                var distances = lists.DistancesOf(row);
                int own = 0;
                for (int i = _starts[point]; i < _starts[point + 1] && own < neighbors; i++)
                {
                    if (_rows[i] == row)
                        continue;
                    rows[own] = _rows[i];
                    distances[own++] = 0;
                }

                Expand(points.AsSpan(point * width, width), near.AsSpan(point * width, width), rows[own..], distances[own..]);
            }
        });
        return lists;
    }

    /// <summary>All rows within a distance of a query, nearest first.</summary>
    /// <param name="query">One row of finite cells.</param>
    /// <param name="radius">The largest distance that counts, at least 0.</param>
    /// <returns>Rows and their distances.</returns>
    /// <exception cref="ArgumentException">The query has another number of cells.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The radius is below 0 or NaN.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public (int Row, double Distance)[] WithinRadius(ReadOnlySpan<float> query, double radius)
    {
        if (query.Length != ColumnCount)
            throw new ArgumentException($"The query has {query.Length} cells; the index has {ColumnCount} columns.", nameof(query));
        if (!(radius >= 0))
            throw new ArgumentOutOfRangeException(nameof(radius), radius, "The radius must be at least 0.");
        ThrowIfNotFinite(query);
        var found = new List<(int Row, double Distance)>();
        foreach (var (point, distance) in _search.Within(query, radius))
        {
            for (int i = _starts[point]; i < _starts[point + 1]; i++)
                found.Add((_rows[i], distance));
        }

        return [.. found];
    }

    internal static NeighborIndex Build(FeatureMatrix rows, DistanceMetric metric, NeighborEngine engine, VectorWidth kernel, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!Enum.IsDefined(metric))
            throw new ArgumentOutOfRangeException(nameof(metric), metric, "The metric must be Euclidean, Manhattan or Chebyshev.");
        if (!Enum.IsDefined(engine))
            throw new ArgumentOutOfRangeException(nameof(engine), engine, "The engine must be Auto, Tree or BruteForce.");
        if (rows.RowCount == 0)
            throw new ArgumentException("There are no rows; an index needs at least one.", nameof(rows));
        for (int row = 0; row < rows.RowCount; row++)
            ThrowIfNotFinite(rows.Cells(row), row, rows.Schema);
        var distinct = DistinctRows.Of(rows, context.CancellationToken);
        return new NeighborIndex(SearchIndex.Build(rows, distinct.First, metric, engine, kernel, context), distinct);
    }

    private static void ThrowIfNotFinite(ReadOnlySpan<float> cells, long firstRow, FeatureSchema schema)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (!float.IsFinite(cells[i]))
            {
                long row = firstRow + (i / schema.ColumnCount);
                throw new FeatureDataException(row, i % schema.ColumnCount, schema.ColumnNames[i % schema.ColumnCount], cells[i]);
            }
        }
    }

    private void ThrowIfNotFinite(ReadOnlySpan<float> queries) => ThrowIfNotFinite(queries, 0, FeatureSchema.Unnamed(ColumnCount));

    /// <summary>Writes points out as rows, as many as there is room for.</summary>
    private void Expand(ReadOnlySpan<int> points, ReadOnlySpan<double> near, Span<int> rows, Span<double> distances)
    {
        int count = 0;
        for (int i = 0; count < rows.Length; i++)
        {
            for (int j = _starts[points[i]]; j < _starts[points[i] + 1] && count < rows.Length; j++)
            {
                rows[count] = _rows[j];
                distances[count++] = near[i];
            }
        }
    }
}
