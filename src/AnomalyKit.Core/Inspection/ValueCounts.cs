using System.Runtime.InteropServices;

namespace AnomalyKit;

/// <summary>How often values occur: exactly while there are few different ones, and then lower bounds for the frequent ones.</summary>
/// <remarks>J. Misra, D. Gries, <i>Finding Repeated Elements</i>, Science of Computer Programming 2, 1982, with half of the values dropped at a time.</remarks>
internal sealed class ValueCounts<T>(int most)
    where T : notnull, IComparable<T>
{
    private readonly Dictionary<T, long> _counts = [];
    private long _dropped;

    /// <summary>Whether all values are there with their exact counts.</summary>
    public bool IsExact => _dropped == 0;

    /// <summary>The number of different values, where it is exact.</summary>
    public int DistinctCount => _counts.Count;

    public IEnumerable<T> Values => _counts.Keys;

    public void Add(T value, long count = 1)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _) += count;
        if (_counts.Count > most)
            Drop();
    }

    /// <summary>How many cells have a value, or at least how many.</summary>
    public long CountOf(T value) => _counts.GetValueOrDefault(value);

    /// <summary>The values that occur more than once, the most frequent first.</summary>
    public IEnumerable<(T Value, long Count)> Frequent(IComparer<T> order) => _counts
        .Where(pair => pair.Value > 1)
        .OrderByDescending(pair => pair.Value)
        .ThenBy(pair => pair.Key, order)
        .Select(pair => (pair.Key, pair.Value));

    private long Median()
    {
        // Of most columns with many values, most values came once.
        if (2 * _counts.Values.Count(count => count == 1) > _counts.Count)
            return 1;
        long[] counts = [.. _counts.Values];
        Array.Sort(counts);
        return counts[counts.Length / 2];
    }

    private void Drop()
    {
        long dropped = Median();
        var kept = _counts.Where(pair => pair.Value > dropped).ToArray();
        _counts.Clear();
        foreach (var (value, count) in kept)
            _counts.Add(value, count - dropped);
        _dropped += dropped;
    }
}
