namespace AnomalyKit;

/// <summary>The nearest neighbors of every row of an index.</summary>
public sealed class NeighborLists
{
    private readonly int[] _rows;
    private readonly double[] _distances;

    internal NeighborLists(int neighbors, int[] rows, double[] distances)
    {
        Neighbors = neighbors;
        _rows = rows;
        _distances = distances;
    }

    /// <summary>The number of neighbors of each row.</summary>
    public int Neighbors { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => _rows.Length / Neighbors;

    /// <summary>A row's neighbors, nearest first.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>Row numbers.</returns>
    public ReadOnlySpan<int> Rows(int row) => _rows.AsSpan(Start(row), Neighbors);

    /// <summary>The distances of a row's neighbors, in their order.</summary>
    /// <param name="row">The zero-based row.</param>
    /// <returns>Distances, ascending.</returns>
    public ReadOnlySpan<double> Distances(int row) => _distances.AsSpan(Start(row), Neighbors);

    internal Span<int> RowsOf(int row) => _rows.AsSpan(Start(row), Neighbors);

    internal Span<double> DistancesOf(int row) => _distances.AsSpan(Start(row), Neighbors);

    private int Start(int row) => (uint)row < (uint)RowCount
        ? row * Neighbors
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"There are lists of {RowCount} rows.");
}
