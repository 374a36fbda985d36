namespace AnomalyKit;

/// <summary>Counts rows that came before.</summary>
/// <remarks>A sample of rows misses the few that come very often, or counts them too many times, so these are counted on their own.</remarks>
internal sealed class RepeatedRows(int most)
{
    private const int MaxFrequent = 4096;
    // Rows are frequent from this fraction on.
    private const double Frequent = 0.001;

    private readonly HashSample _sample = new(most);
    private readonly ValueCounts<ulong> _frequent = new(MaxFrequent);
    private long _rows;

    public bool IsExact => _sample.IsExact;

    public void Add(ulong hash)
    {
        _rows++;
        _sample.Add(hash);
        _frequent.Add(hash);
    }

    public long Count()
    {
        if (IsExact)
            return _sample.RepeatedCount(new HashSet<ulong>());
        (ulong Hash, long Count)[] frequent = [.. _frequent.Frequent(Comparer<ulong>.Default).TakeWhile(pair => pair.Count >= Frequent * _rows)];
        return frequent.Sum(pair => pair.Count - 1) + _sample.RepeatedCount(frequent.Select(pair => pair.Hash).ToHashSet());
    }
}
