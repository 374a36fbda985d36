namespace AnomalyKit;

/// <summary>Keeps the numbers of some rows, to compare columns by.</summary>
/// <remarks>
/// A row is kept if a hash of its number ends in so many zero bits; one bit more whenever there are too many rows. So the sample is uniform, and the same whatever the batches are. Of columns the first ones are kept.
/// </remarks>
internal sealed class CorrelationSample
{
    // From 2,048 rows on a correlation has a standard error of at most 0.022.
    private const int MaxRows = 1 << 12;
    private const ulong Salt = 0x636F7272_656C6174;

    private readonly int[] _columns;
    private readonly List<(ulong Hash, double[] Numbers)> _rows = [];
    private long _seen;
    private int _bits;

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
            if ((hash & Mask) != 0)
                continue;
            _rows.Add((hash, Array.ConvertAll(columns, column => column.Value(row))));
            while (_rows.Count > MaxRows)
            {
                _bits++;
                _rows.RemoveAll(kept => (kept.Hash & Mask) != 0);
            }
        }
    }

    /// <summary>The numbers of a kept column, NaN where they are missing.</summary>
    /// <param name="index">Its position among the kept ones.</param>
    public double[] Numbers(int index) => [.. _rows.Select(row => row.Numbers[index])];

    private ulong Mask => (1UL << _bits) - 1;
}
