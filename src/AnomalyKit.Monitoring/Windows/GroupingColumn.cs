namespace AnomalyKit.Monitoring.Windows;

/// <summary>Finds a column whose values could make groups of rows.</summary>
internal static class GroupingColumn
{
    private const int MostLevels = 50;

    /// <returns>The column of words that has the most levels, but few enough to compare each by itself; null where there is none.</returns>
    public static string? Of(DriftComparison comparison) => comparison.Columns
        .Where(column => column is { Kind: ColumnKind.Category, Histogram.Labels.Count: >= 2 and <= MostLevels } && !column.Histogram.Labels.Contains(ColumnTest.OtherLevels))
        .OrderByDescending(column => column.Histogram!.Labels.Count)
        .ThenBy(column => column.Name, StringComparer.Ordinal)
        .FirstOrDefault()?.Name;
}
