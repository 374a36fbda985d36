using AnomalyKit.Numerics;

namespace AnomalyKit.Profiles;

/// <summary>The profile of a column of categories or booleans.</summary>
internal static class LevelProfile
{
    public const int MaxLevels = 256;

    // Even among thousands of levels, chance lifts none by so many standard deviations.
    private const double ClearDeviations = 6;

    // Where frequencies fall off slowly, as those of words do, so many rows are needed that chance moves no more than a small part of them across the line.
    private const double ClearCount = 64;

    /// <param name="name">The column.</param>
    /// <param name="kind">Categories or booleans.</param>
    /// <param name="counts">The levels of the sampled rows, and how many rows have each.</param>
    /// <param name="otherCount">Rows of levels without a name.</param>
    /// <param name="missingFraction">Of all rows.</param>
    /// <param name="distinctCount">The number of levels, if it is known to be higher than that of the counts.</param>
    public static ColumnProfile Of(string name, ColumnKind kind, IEnumerable<KeyValuePair<string, long>> counts, long otherCount, double missingFraction, int distinctCount = 0)
    {
        KeyValuePair<string, long>[] levels = [.. counts.Where(level => level.Value > 0).OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal)];
        var kept = Kept(levels);
        long others = otherCount + levels.Sum(level => level.Value) - kept.Sum(level => level.Value);
        return new ColumnProfile(name, kind, missingFraction)
        {
            Levels = Array.AsReadOnly(Array.ConvertAll(kept, level => level.Key)),
            LevelCounts = Array.AsReadOnly(Array.ConvertAll(kept, level => level.Value)),
            OtherCount = others,
            DistinctCount = Math.Max(distinctCount, levels.Length + (otherCount > 0 ? 1 : 0)),
        };
    }

    /// <summary>The levels to list, the most frequent first.</summary>
    /// <remarks>
    /// Of levels about as frequent as each other, chance decides which are the most frequent of a sample, and other rows have fewer of those. So only levels that are clearly more frequent are listed for their counts;
    /// the hashes of the names choose the rest.
    /// </remarks>
    private static KeyValuePair<string, long>[] Kept(KeyValuePair<string, long>[] levels)
    {
        if (levels.Length <= MaxLevels)
            return levels;
        long least = levels[MaxLevels - 1].Value;
        double clear = Math.Max(least + (ClearDeviations * Math.Sqrt(least)), ClearCount);
        return [.. levels
            .OrderBy(level => level.Value > clear ? 0 : CellHash.Of(level.Key) | 1)
            .Take(MaxLevels)
            .OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal)];
    }
}
