using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Page;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The part of the report that says what moved between the past that was learned and the future that was scored.</summary>
internal static class DriftSection
{
    private const int Shown = 8;

    public static void Append(Markup html, IReadOnlyList<DayTwo> runs)
    {
        if (runs.Count == 0)
            return;
        var columns = runs[0].Comparison.Columns.Where(column => column.IsDrifted).OrderByDescending(column => column.Effect).ToArray();
        html.Add($"<section id=\"drift\"><h2>What moved on day two?</h2><p>The detectors of the temporal protocol were fitted on the first half of the rows by time. Since then, {columns.Length} of {runs[0].Comparison.Columns.Count} columns have moved.{(columns.Length > Shown ? $" The {Shown} that moved most:" : string.Empty)} The file drift.html beside this page shows all columns.</p>");
        var moved = new HtmlTable("Columns that moved", "column", "effect (Kolmogorov-Smirnov distance)", "adjusted p-value", "stability index");
        foreach (var column in columns.Take(Shown))
            moved.Row(column.Name, column.Effect, column.AdjustedPValue < 0.0001 ? "< 0.0001" : column.AdjustedPValue, column.StabilityIndex);
        html.Add(moved.ToString());
        var alerts = new HtmlTable("What that does to the alerts", "detector", "settings", "alerts when fitted", "alerts on day two", "can you trust the threshold?");
        foreach (var run in runs)
        {
            string before = run.Comparison.Alerts is { } drift ? Percent(drift.ReferenceFraction) : "–";
            alerts.Row(run.Run.Detector, run.Run.Settings, before, Percent(run.AlertFraction), Verdict(run));
        }

        html.Add($"{alerts}<p class=\"note\">No: set the threshold anew on recent scores, or use an alert budget. With care: the share of alerts has moved. A dash: the threshold is fixed, so no share is kept from the fit, and nothing is known of it.</p></section>");
    }

    private static string Verdict(DayTwo run) => run switch
    {
        { CanBeTrusted: false } => "no",
        { Comparison.Alerts: null } => "not known",
        { Comparison.Alerts.IsDrifted: true } => "with care",
        _ => "yes",
    };

    private static string Percent(double fraction) => fraction.ToString("P2", System.Globalization.CultureInfo.InvariantCulture);
}
