namespace AnomalyKit.Monitoring.Windows;

/// <summary>In which direction a column moved, and how far, in its own unit.</summary>
internal static class ColumnShift
{
    /// <returns>The medians, the level whose fraction changed most, or the missing cells where only they changed; empty where a side has no values.</returns>
    public static string Text(ColumnDrift column)
    {
        if (column.IsMissingDrift)
            return Missing(column);
        if (column is { ReferenceQuantiles: { } before, CurrentQuantiles: { } now })
            return $"median {About(column)}{ValueText.Short(before.Median, column.Kind)} → {ValueText.Short(now.Median, column.Kind)}";
        if (column.Histogram is not { Labels.Count: > 0 } levels)
            return string.Empty;
        int most = Enumerable.Range(0, levels.Labels.Count).MaxBy(i => Math.Abs(levels.Current[i] - levels.Reference[i]));
        return $"{levels.Labels[most]} {About(column)}{Percent(levels.Reference[most])} → {Percent(levels.Current[most])}";
    }

    /// <summary>The same of a small change: the missing cells where only they moved.</summary>
    public static string SmallText(ColumnDrift column) => column.IsSmallMissingChange ? Missing(column) : Text(column);

    private static string Missing(ColumnDrift column) => $"missing {Percent(column.ReferenceMissingFraction)} → {Percent(column.CurrentMissingFraction)}";

    private static string About(ColumnDrift column) => column.IsReferenceSampled ? "about " : string.Empty;

    private static string Percent(double fraction) => FormattableString.Invariant($"{100 * fraction:G3} %");
}
