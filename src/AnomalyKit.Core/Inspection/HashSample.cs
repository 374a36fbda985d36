using System.Runtime.InteropServices;

namespace AnomalyKit;

/// <summary>Counts how many different hashes came, and how many came again, in bounded memory.</summary>
/// <remarks>
/// P. B. Gibbons, <i>Distinct Sampling for Highly-Accurate Answers to Distinct Values Queries and Event Reports</i>, VLDB 2001: kept are the hashes that end in so many zero bits; one bit
/// more whenever there are too many. A hash is kept with all its occurrences or not at all, so that what holds for the kept ones, times two for each bit, is an estimate for all.
/// </remarks>
internal sealed class HashSample(int most)
{
    private readonly Dictionary<ulong, long> _counts = [];
    private int _bits;

    /// <summary>Whether every hash was kept.</summary>
    public bool IsExact => _bits == 0;

    /// <summary>The number of different hashes.</summary>
    public long DistinctCount => (long)_counts.Count << _bits;

    /// <summary>The number of hashes that had come before, but for some.</summary>
    /// <param name="others">Hashes that are not counted.</param>
    public long RepeatedCount(IReadOnlySet<ulong> others) => _counts.Where(pair => !others.Contains(pair.Key)).Sum(pair => pair.Value - 1) << _bits;

    public void Add(ulong hash, long count = 1)
    {
        if ((hash & Mask) != 0)
            return;
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, hash, out _) += count;
        while (_counts.Count > most)
            Thin();
    }

    private ulong Mask => (1UL << _bits) - 1;

    private void Thin()
    {
        _bits++;
        foreach (ulong hash in _counts.Keys.Where(hash => (hash & Mask) != 0).ToArray())
            _counts.Remove(hash);
    }
}
