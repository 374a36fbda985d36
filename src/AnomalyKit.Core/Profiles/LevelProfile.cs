namespace AnomalyKit.Profiles;

/// <summary>The profile of a column of categories or booleans.</summary>
internal static class LevelProfile
{
    public const int MaxLevels = 256;

    /// <param name="name">The column.</param>
    /// <param name="kind">Categories or booleans.</param>
    /// <param name="counts">The levels of the sampled rows, and how many rows have each.</param>
    /// <param name="otherCount">Rows of levels without a name.</param>
    /// <param name="missingFraction">Of all rows.</param>
    /// <param name="distinctCount">The number of levels, if it is known to be higher than that of the counts.</param>
    public static ColumnProfile Of(string name, ColumnKind kind, IEnumerable<KeyValuePair<string, long>> counts, long otherCount, double missingFraction, int distinctCount = 0)
    {
        KeyValuePair<string, long>[] levels = [.. counts.Where(level => level.Value > 0).OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal)];
        var kept = levels.AsSpan(0, Math.Min(levels.Length, MaxLevels));
        long others = otherCount;
        foreach (var level in levels.AsSpan(kept.Length))
            others += level.Value;
        return new ColumnProfile(name, kind, missingFraction)
        {
            Levels = Array.AsReadOnly(Array.ConvertAll(kept.ToArray(), level => level.Key)),
            LevelCounts = Array.AsReadOnly(Array.ConvertAll(kept.ToArray(), level => level.Value)),
            OtherCount = others,
            DistinctCount = Math.Max(distinctCount, levels.Length + (otherCount > 0 ? 1 : 0)),
        };
    }
}
