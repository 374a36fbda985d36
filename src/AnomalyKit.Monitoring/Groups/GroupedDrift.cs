using AnomalyKit.Monitoring.Groups;

namespace AnomalyKit;

/// <summary>What moved in each group of rows, each compared with the same group of a reference: machines, shops, categories.</summary>
/// <remarks>
/// One group of many that drifts hides among the others when all rows are compared at once. The level is divided by the number of groups that are compared, so that the probability that any group is called drifted although
/// nothing moved stays below <see cref="DriftOptions.Level"/>, as for a single comparison. Immutable.
/// </remarks>
public sealed class GroupedDrift
{
    private GroupedDrift(string columnName, IReadOnlyList<GroupDrift> groups, DriftOptions options) => (ColumnName, Groups, Options) = (columnName, groups, options);

    /// <summary>The column whose values make the groups. It is not compared.</summary>
    public string ColumnName { get; }

    /// <summary>The groups: those that drifted first, the largest effect first, then the others by name.</summary>
    public IReadOnlyList<GroupDrift> Groups { get; }

    /// <summary>What counted as drift in each group, with the level of one group.</summary>
    public DriftOptions Options { get; }

    /// <summary>Whether any group drifted. Groups that only one side has do not count.</summary>
    public bool IsDrifted => Groups.Any(group => group.IsDrifted);

    internal static GroupedDrift Of(string columnName, GroupWindows reference, GroupWindows current, DriftOptions options)
    {
        var keys = reference.Windows.Keys.Union(current.Windows.Keys).ToArray();
        int compared = keys.Count(key => reference.Windows.ContainsKey(key) && current.Windows.ContainsKey(key));
        string[] ignored = [.. options.IgnoredColumns.Union(reference.IgnoredColumns, StringComparer.Ordinal)];
        var own = options with { Level = options.Level / Math.Max(1, compared), IgnoredColumns = ignored };
        var groups = keys.Select(key =>
        {
            var (before, now) = (reference.Windows.GetValueOrDefault(key), current.Windows.GetValueOrDefault(key));
            return new GroupDrift
            {
                Name = key.Name,
                ReferenceRowCount = before?.RowCount ?? 0,
                CurrentRowCount = now?.RowCount ?? 0,
                Comparison = before is null || now is null ? null : DriftComparison.Compare(before, now, own),
            };
        });
        return new GroupedDrift(
            columnName,
            Array.AsReadOnly(groups.OrderByDescending(group => group.IsDrifted).ThenByDescending(group => group.Effect).ThenBy(group => group.Name, StringComparer.Ordinal).ToArray()),
            own);
    }

    /// <summary>Which groups drifted, in a line.</summary>
    /// <returns>For example <c>1 of 6 groups of turbine drifted: WT4 (gearbox_temp_c, scores)</c>. Groups that only one side has, or that have too few rows, are not among the 6, and follow.</returns>
    public override string ToString()
    {
        const int Most = 5;
        GroupDrift[] drifted = [.. Groups.Where(group => group.IsDrifted)];
        string[] alone = [.. Groups.Where(group => group.Comparison is null || group.HasTooFewRows).Select(group => group.ToString())];
        int compared = Groups.Count - alone.Length;
        string said = drifted.Length == 0
            ? $"none of {compared} groups of {ColumnName} drifted"
            : $"{drifted.Length} of {compared} groups of {ColumnName} drifted: {Listed([.. drifted.Select(group => $"{group.Label} ({group.Finding})")])}";
        return alone.Length == 0 ? said : $"{said}; not compared: {Listed(alone)}";

        static string Listed(string[] texts) => texts.Length <= Most ? string.Join("; ", texts) : $"{string.Join("; ", texts.Take(Most))} and {texts.Length - Most} more";
    }
}
