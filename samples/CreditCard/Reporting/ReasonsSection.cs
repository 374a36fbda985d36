using System.Globalization;
using System.Net;
using System.Text;
using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Pictures;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The part of the report that says why the highest alerts are alerts.</summary>
internal static class ReasonsSection
{
    public static void Append(StringBuilder html, AlertReasons reasons)
    {
        var run = reasons.Run;
        var info = reasons.Summary.Info;
        html.Append(CultureInfo.InvariantCulture, $"""
            <h2>Why these alerts?</h2>
            <p>{WebUtility.HtmlEncode(run.Detector)} with {WebUtility.HtmlEncode(run.Settings)} settings, protocol {WebUtility.HtmlEncode(run.Protocol)}: the {reasons.Alerts.Count} highest of {reasons.AlertCount:N0} alerts.
            A bar to the right made the row more anomalous, one to the left less; baseline and bars add up to {WebUtility.HtmlEncode(info.ExplainedValue)}.</p>
            <h3>Which columns matter</h3>

            """);
        HtmlReport.AppendImage(html, BeeswarmPicture.Draw(reasons), "Contributions of the columns to the alerts");
        AppendSummary(html, reasons);
        html.Append("<h3>The highest alerts</h3>\n");
        foreach (var alert in reasons.Alerts)
        {
            html.Append("<div class=\"pair\">");
            HtmlReport.AppendImage(html, ContributionsPicture.Draw(alert), $"Contributions to the score of row {alert.Row}");
            html.Append("<ul>\n");
            foreach (string sentence in alert.Explanation.Sentences)
                html.Append(CultureInfo.InvariantCulture, $"<li>{WebUtility.HtmlEncode(sentence)}</li>\n");
            html.Append("</ul></div>\n");
        }
    }

    private static void AppendSummary(StringBuilder html, AlertReasons reasons)
    {
        double[] means = reasons.Summary.MeanAbsoluteContributions();
        var table = new HtmlTable("column", "mean absolute contribution");
        foreach (int column in Enumerable.Range(0, means.Length).OrderByDescending(i => means[i]).Take(10))
            table.Row(reasons.Summary.Groups.Names[column], means[column]);
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">Over the {reasons.Summary.RowCount:N0} highest alerts.</p>\n").Append(table);
    }
}
