using AnomalyKit.Monitoring.Windows;

namespace AnomalyKit.Monitoring.Reports;

/// <summary>What a comparison means, in sentences.</summary>
internal static class ReportWords
{
    public static string Advice(DriftComparison comparison)
    {
        string drift = Drift(comparison);
        // The summary, which is beside it everywhere, says what they are.
        return SmallChanges.Of(comparison).Length > 0 ? $"{drift} {Lower(comparison)} to count changes that are certain but small." : drift;
    }

    private static string Drift(DriftComparison comparison)
    {
        string held = comparison.HasHeldOutScores || comparison.Scores is null
            ? string.Empty
            : " The reference scores are those of the training rows. They may differ from scores of new rows even if nothing has changed. Fit with a conformal calibration to use scores of held-out rows.";
        if (comparison.CurrentRowCount == 0)
            return "There are no rows to compare.";
        if (comparison.Alerts is not { } alerts)
            return WithoutAlerts(comparison) + (comparison.Scores is null ? string.Empty : held);
        string share = FormattableString.Invariant($"{100 * alerts.CurrentFraction:G3} % of the rows are alerts; {100 * alerts.ReferenceFraction:G3} % were when the threshold was set.");
        string columns = HasChangedColumns(comparison) ? $" Look for the cause in these columns first: {Changed(comparison)}." : $" {NoColumn}";
        if (alerts.IsDrifted)
            return $"{share} The threshold no longer gives the fraction that it was set for.{columns} Once you understand the change and it is here to stay, refit, set a new threshold from recent scores, or use an alert budget.{held}";
        if (comparison.Scores?.IsDrifted == true)
            return $"{share} The scores have changed, but the alerts have not yet. Keep watching them.{columns}{held}";
        return comparison.IsDrifted
            ? $"{share} Columns have changed in ways that the scores do not show: {Changed(comparison)}.{held}"
            : $"{share} No drift.{held}";
    }

    private static string WithoutAlerts(DriftComparison comparison)
    {
        string columns = Changed(comparison);
        string scores = comparison.Scores?.IsDrifted != true ? string.Empty : HasChangedColumns(comparison) ? "The scores have changed." : $"The scores have changed. {NoColumn}";
        string changes = string.Join(' ', ((string[])[columns.Length > 0 ? $"The rows have changed: {columns}." : string.Empty, scores]).Where(text => text.Length > 0));
        string reason = comparison.Scores is null ? "There are no scores" : "The threshold of the alerts is not known";
        return $"{(changes.Length > 0 ? changes : "No drift.")} {reason}, so this report cannot describe the alerts.";
    }

    /// <summary>Which limits are to be lowered.</summary>
    private static string Lower(DriftComparison comparison)
    {
        bool ofMissing = SmallChanges.Of(comparison).Any(column => column.IsSmallMissingChange);
        bool ofValues = SmallChanges.Of(comparison).Any(column => !column.IsSmallMissingChange);
        return ofMissing && ofValues ? "Lower MinEffect and MinMissingChange" : ofMissing ? "Lower MinMissingChange" : "Lower MinEffect";
    }

    public static string Status(DriftStatus status) => status switch
    {
        DriftStatus.Drifted => "drifted",
        DriftStatus.NotEnoughData => "not_enough_data",
        DriftStatus.NotResolvable => "not_resolvable",
        DriftStatus.NotCompared => "not_compared",
        _ => "stable",
    };

    private static bool HasChangedColumns(DriftComparison comparison) => comparison.Columns.Any(column => column.IsDrifted);

    /// <summary>The columns that drifted, and how far; empty where none did.</summary>
    private static string Changed(DriftComparison comparison)
    {
        const int Most = 5;
        string[] columns = [.. comparison.Columns.Where(column => column.IsDrifted).Select(column => column.Change.Length > 0 ? $"{column.Name} ({column.Change})" : column.Name)];
        return columns.Length <= Most ? string.Join(", ", columns) : $"{string.Join(", ", columns.Take(Most))} and {columns.Length - Most} more";
    }

    /// <summary>Where to look when columns do not show what the scores do.</summary>
    private const string NoColumn = "No column has changed by itself: look at how columns go together, which the reasons of high scores show, and at single machines or groups of rows.";

    /// <summary>How groups of rows can be compared, where a column could make them; else nothing.</summary>
    public static string? Groups(DriftComparison comparison) => GroupingColumn.Of(comparison) is { } name
        ? $"To compare each device, shop or service by itself, name the column that tells them apart: the option --by COLUMN of anomalykit drift, for example --by {name}, or CompareDriftByGroup in a program."
        : null;

    public static string Kind(ColumnKind kind) => kind switch
    {
        ColumnKind.Category => "category",
        ColumnKind.Boolean => "boolean",
        ColumnKind.DateTime => "date_time",
        _ => "number",
    };
}
