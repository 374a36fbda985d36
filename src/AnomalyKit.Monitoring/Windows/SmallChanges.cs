namespace AnomalyKit.Monitoring.Windows;

/// <summary>What moved for certain, but by less than counts as drift.</summary>
internal static class SmallChanges
{
    private const int MostNames = 5;

    /// <summary>The columns, then the scores.</summary>
    public static ColumnDrift[] Of(DriftComparison comparison) =>
        [.. comparison.Columns.Where(column => column.IsSmallChange), .. comparison.Scores is { IsSmallChange: true } scores ? (ColumnDrift[])[scores] : []];

    /// <summary>How large the change is: of the missing cells where only they moved, else of the values.</summary>
    public static double Effect(ColumnDrift column) => column.IsSmallMissingChange ? column.MissingEffect : column.Effect;

    /// <summary>The least change that would have counted.</summary>
    public static double Limit(ColumnDrift column, DriftOptions options) => column.IsSmallMissingChange ? options.MinMissingChange : options.MinEffect;

    /// <summary>The names with their effects.</summary>
    /// <returns>For example <c>amount (effect 0.058, limit 0.1)</c>; empty where there are none.</returns>
    public static string Names(DriftComparison comparison) => Listed(comparison, (_, effect) => effect);

    /// <summary>The names with their changes and effects.</summary>
    /// <returns>For example <c>amount (median 71.8 → 82.3; effect 0.058, limit 0.1)</c>; empty where there are none.</returns>
    public static string Changes(DriftComparison comparison) =>
        Listed(comparison, (column, effect) => ColumnShift.SmallText(column) is { Length: > 0 } change ? $"{change}; {effect}" : effect);

    private static string Listed(DriftComparison comparison, Func<ColumnDrift, string, string> text)
    {
        var columns = Of(comparison);
        string names = string.Join(", ", columns.Take(MostNames).Select(column => $"{column.Name} ({text(column, EffectText(column, comparison.Options))})"));
        return columns.Length <= MostNames ? names : $"{names} and {columns.Length - MostNames} more";
    }

    private static string EffectText(ColumnDrift column, DriftOptions options) =>
        FormattableString.Invariant($"{(column.IsSmallMissingChange ? "missing cells" : "effect")} {Effect(column):G2}, limit {Limit(column, options):G3}");
}
