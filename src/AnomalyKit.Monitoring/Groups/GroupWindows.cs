namespace AnomalyKit.Monitoring.Groups;

/// <summary>A window for each value of a column.</summary>
/// <param name="profile">Says which columns there are.</param>
/// <param name="threshold">Scores above it are alerts.</param>
/// <param name="columnName">The column that makes the groups.</param>
/// <param name="ignored">Columns that are not gathered.</param>
/// <param name="seed">Another one for each side of a comparison.</param>
internal sealed class GroupWindows(ReferenceProfile profile, double threshold, string columnName, IReadOnlyList<string> ignored, ulong seed)
{
    /// <summary>The most groups. A full window takes 56 KiB per column.</summary>
    public const int MaxGroups = 256;

    private readonly Dictionary<GroupKey, DriftWindow> _windows = [];

    public IReadOnlyDictionary<GroupKey, DriftWindow> Windows => _windows;

    /// <summary>The columns that are not gathered; that of the groups is one of them where the profile has it.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; } = profile.Columns.Any(column => column.Name == columnName) ? [.. ignored.Append(columnName).Distinct(StringComparer.Ordinal)] : ignored;

    /// <exception cref="ArgumentException">There is no such column, or it has too many values.</exception>
    public void Add(FeatureTable table, ReadOnlySpan<float> scores)
    {
        if (!table.Schema.TryIndexOf(columnName, out int index))
            throw new ArgumentException($"There is no column '{columnName}' that could make groups. The columns are: {table.Schema}.", nameof(table));
        var column = table.Columns[index];
        foreach (var rows in Enumerable.Range(0, table.RowCount).GroupBy(row => new GroupKey(column.Text(row))))
        {
            if (!_windows.TryGetValue(rows.Key, out var window))
            {
                if (_windows.Count == MaxGroups)
                    throw new ArgumentException($"Column '{columnName}' has more than {MaxGroups} different values, which are too many groups to compare. Choose a column that names machines, shops or categories.", nameof(table));
                _windows.Add(rows.Key, window = new DriftWindow(profile, threshold, seed) { IgnoredColumns = IgnoredColumns });
            }

            int[] some = [.. rows];
            var own = new float[some.Length];
            for (int i = 0; i < own.Length; i++)
                own[i] = scores[some[i]];
            window.Add(table.SelectRows(some));
            window.AddScores(own);
        }
    }
}

/// <summary>A value that makes a group; null where it is missing.</summary>
internal readonly record struct GroupKey(string? Name);
