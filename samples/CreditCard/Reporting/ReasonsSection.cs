using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Charts;
using AnomalyKit.Samples.CreditCard.Reporting.Page;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The part of the report that says why the highest alerts are alerts.</summary>
internal static class ReasonsSection
{
    public static void Append(Markup html, AlertReasons reasons)
    {
        var run = reasons.Run;
        string alerts = reasons.AlertCount > reasons.Alerts.Count
            ? FormattableString.Invariant($"the {reasons.Alerts.Count} highest of {reasons.AlertCount:N0} alerts")
            : FormattableString.Invariant($"the {reasons.Alerts.Count} highest rows; {reasons.AlertCount:N0} of them are alerts");
        html.Add($"<section id=\"reasons\"><h2>Why these alerts?</h2><p>{Short(run.Detector)} with {Safe(run.Settings)} settings, protocol {Safe(run.Protocol)}: {alerts}. A bar to the right made the row more anomalous, a bar to the left less. Baseline and bars add up to {Safe(reasons.Summary.Info.ExplainedValue)}.</p><div class=\"alerts\">");
        foreach (var alert in reasons.Alerts)
        {
            html.Add($"<article class=\"alert\"><h3>Row {alert.Row:N0}: {(alert.IsFraud ? "a fraud" : "not a fraud")}</h3>{ContributionChart.Draw(alert)}");
            html.Add($"<ul>{string.Concat(alert.Explanation.Sentences.Select(sentence => $"<li>{Safe(sentence)}</li>"))}</ul></article>");
        }

        html.Add($"</div>");
        AppendSummary(html, reasons);
        html.Add($"</section>");
    }

    private static void AppendSummary(Markup html, AlertReasons reasons)
    {
        html.Add($"<h3>Which columns matter</h3><div class=\"split\"><figure>{SwarmChart.Draw(reasons)}<figcaption class=\"key\">One dot per alert ({(reasons.AlertCount > reasons.Summary.RowCount ? $"the {reasons.Summary.RowCount:N0} highest of {reasons.AlertCount:N0}" : reasons.AlertCount == 0 ? "there is none, so the highest row" : $"all {reasons.AlertCount:N0}")}). Value of the column among them: <span><i class=\"v0\"></i>low</span> <span><i class=\"v2\"></i>middle</span> <span><i class=\"v4\"></i>high</span></figcaption></figure>");
        double[] means = reasons.Summary.MeanAbsoluteContributions();
        var table = new HtmlTable("Mean absolute contribution", "column", "contribution");
        foreach (int column in Enumerable.Range(0, means.Length).OrderByDescending(i => means[i]).Take(10))
            table.Row(reasons.Summary.Groups.Names[column], means[column]);
        html.Add($"{table}</div>");
    }
}
