using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Keeps the numbers of some rows, to compare columns by.</summary>
/// <remarks>
/// Of long tables those 4,096 rows are kept whose numbers have the least hashes. So the sample is uniform, always as large, and the same whatever the batches are. Of columns the first ones are kept.
/// </remarks>
internal sealed class CorrelationSample
{
    // A correlation then has a standard error of at most 0.016.
    private const int MaxRows = 1 << 12;
    private const ulong Salt = 0x636F7272_656C6174;

    private readonly int[] _columns;

    // The greatest hash is the first to leave.
    private readonly PriorityQueue<double[], ulong> _rows = new(Comparer<ulong>.Create((a, b) => b.CompareTo(a)));
    private long _seen;

    /// <param name="columns">The positions of the columns that are kept.</param>
    public CorrelationSample(int[] columns) => _columns = columns;

    /// <summary>The positions of the columns that are kept.</summary>
    public IReadOnlyList<int> Columns => _columns;

    public int RowCount => _rows.Count;

    public void Add(FeatureTable batch)
    {
        if (_columns.Length == 0)
            return;
        var columns = Array.ConvertAll(_columns, column => (NumberColumn)batch.Columns[column]);
        for (int row = 0; row < batch.RowCount; row++)
        {
            ulong hash = CellHash.Mix((ulong)_seen++ + Salt);
            if (_rows.Count < MaxRows)
                _rows.Enqueue(Numbers(columns, row), hash);
            else if (_rows.TryPeek(out _, out ulong greatest) && hash < greatest)
                _rows.DequeueEnqueue(Numbers(columns, row), hash);
        }
    }

    /// <summary>The numbers of a kept column, NaN where they are missing.</summary>
    /// <param name="index">Its position among the kept ones.</param>
    public double[] Numbers(int index) => [.. _rows.UnorderedItems.Select(row => row.Element[index])];

    private static double[] Numbers(NumberColumn[] columns, int row) => Array.ConvertAll(columns, column => column.Value(row));
}
