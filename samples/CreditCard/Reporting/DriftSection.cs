using System.Globalization;
using System.Text;
using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The part of the report that says what moved between the past that was learned and the future that was scored.</summary>
internal static class DriftSection
{
    /// <summary>From here on a fraction of alerts says that the threshold no longer holds.</summary>
    private const double Untrusted = 1.0 / 3;

    public static void Append(StringBuilder html, IReadOnlyList<DayTwo> runs)
    {
        if (runs.Count == 0)
            return;
        var columns = runs[0].Comparison.Columns.Where(column => column.IsDrifted).OrderByDescending(column => column.Effect).ToArray();
        html.Append(CultureInfo.InvariantCulture, $"""
            <h2>What moved on day two?</h2>
            <p>The detectors of the temporal protocol know the first half of the rows. {columns.Length} of {runs[0].Comparison.Columns.Count} columns have moved since;
            The file drift.html shows them all.</p>

            """);
        var moved = new HtmlTable("column", "effect (Kolmogorov-Smirnov)", "adjusted p-value", "stability index");
        foreach (var column in columns.Take(8))
            moved.Row(column.Name, column.Effect, column.AdjustedPValue, column.StabilityIndex);
        html.Append(moved).Append("<h3>What that does to the alerts</h3>\n");
        var alerts = new HtmlTable("detector", "settings", "alerts when fitted", "alerts on day two", "can the threshold be trusted?");
        foreach (var run in runs)
        {
            string before = run.Comparison.Alerts is { } drift ? Percent(drift.ReferenceFraction) : "not kept: the threshold was fixed";
            alerts.Row(run.Run.Detector, run.Run.Settings, before, Percent(run.AlertFraction), Verdict(run));
        }

        html.Append(alerts);
    }

    private static string Verdict(DayTwo run) => run switch
    {
        { AlertFraction: >= Untrusted } => "no: set it anew on recent scores, or use an alert budget",
        { Comparison.Alerts.IsDrifted: true } => "with care: the fraction of alerts has moved",
        _ => "yes",
    };

    private static string Percent(double fraction) => fraction.ToString("P2", CultureInfo.InvariantCulture);
}
