namespace AnomalyKit.Monitoring.Reports;

/// <summary>What a comparison means, in sentences.</summary>
internal static class ReportWords
{
    public static string Advice(DriftComparison comparison)
    {
        string held = comparison.HasHeldOutScores || comparison.Scores is null
            ? string.Empty
            : " The reference's scores are of the training rows, which may differ from those of new rows although nothing moved; fit with ScoreCalibration.Conformal to have scores of rows set aside.";
        if (comparison.CurrentRowCount == 0)
            return "There are no rows to compare.";
        if (comparison.Alerts is not { } alerts)
            return comparison.IsDrifted ? "The rows have moved. Without scores nothing is said about alerts." : "No drift. Without scores nothing is said about alerts.";
        string share = FormattableString.Invariant($"{100 * alerts.CurrentFraction:G3} % of the rows are alerts; {100 * alerts.ReferenceFraction:G3} % were when the threshold was set.");
        if (alerts.IsDrifted)
            return $"{share} The threshold no longer means what it was set for: set it anew on recent scores, or use an alert budget, and refit once the change is understood.{held}";
        if (comparison.Scores?.IsDrifted == true)
            return $"{share} The scores have moved, the alerts not yet: watch them.{held}";
        return comparison.IsDrifted
            ? $"{share} Columns have moved in ways that the scores do not show.{held}"
            : $"{share} No drift.{held}";
    }

    public static string Status(DriftStatus status) => status switch
    {
        DriftStatus.Drifted => "drifted",
        DriftStatus.NotEnoughData => "not_enough_data",
        DriftStatus.NotResolvable => "not_resolvable",
        _ => "stable",
    };

    public static string Kind(ColumnKind kind) => kind switch
    {
        ColumnKind.Category => "category",
        ColumnKind.Boolean => "boolean",
        ColumnKind.DateTime => "date_time",
        _ => "number",
    };
}
