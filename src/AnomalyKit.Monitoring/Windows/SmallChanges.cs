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

    /// <summary>The columns with their changes, effects and limits.</summary>
    /// <returns>For example <c>amount (median 71.8 → 82.3; effect 0.058, limit 0.1)</c>; empty where there are none.</returns>
    public static string OfColumns(DriftComparison comparison)
    {
        ColumnDrift[] columns = [.. comparison.Columns.Where(column => column.IsSmallChange)];
        string names = string.Join(", ", columns.Take(MostNames).Select(column => $"{column.Name} ({Text(column, comparison.Options)})"));
        return columns.Length <= MostNames ? names : $"{names} and {columns.Length - MostNames} more";
    }

    /// <summary>Why scores that changed count as stable.</summary>
    /// <returns>For example <c>, changed for certain but too little to count (median 0.42 → 0.45; effect 0.071, limit 0.1)</c>; empty where they did not change.</returns>
    public static string OfScores(DriftComparison comparison) =>
        comparison.Scores is { IsSmallChange: true } scores ? $", changed for certain but too little to count ({Text(scores, comparison.Options)})" : string.Empty;

    /// <summary>Why alerts that changed count as stable.</summary>
    /// <returns>For example <c>, changed by less than 1.5 times</c>; empty where they did not change, or drifted.</returns>
    public static string OfAlerts(DriftComparison comparison) =>
        comparison.Alerts is { IsSmallChange: true } ? FormattableString.Invariant($", changed by less than {comparison.Options.MinAlertRatio:G3} times") : string.Empty;

    private static string Text(ColumnDrift column, DriftOptions options) => ColumnShift.SmallText(column) is { Length: > 0 } change ? $"{change}; {EffectText(column, options)}" : EffectText(column, options);

    private static string EffectText(ColumnDrift column, DriftOptions options) =>
        FormattableString.Invariant($"{(column.IsSmallMissingChange ? "missing cells" : "effect")} {Effect(column):G2}, limit {Limit(column, options):G3}");
}
