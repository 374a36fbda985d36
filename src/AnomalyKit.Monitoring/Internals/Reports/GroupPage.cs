using System.Globalization;
using System.Net;
using System.Text;
using AnomalyKit.TextValues;

namespace AnomalyKit.Monitoring.Reports;

/// <summary>The page of a comparison by groups: a row for each group, a column for each column that drifted in any of them.</summary>
internal static class GroupPage
{
    public static string Of(GroupedDrift drift, string title, string? reference, string? current)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Safe(title)}</title>\n<style>\n{ReportPage.Style}\n</style></head>\n<body><main>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Safe(title)}</h1>\n<p class=\"dim\">{drift.Groups.Count:N0} groups by {Safe(drift.ColumnName)}. Now: {Rows(current, drift.Groups.Sum(group => group.CurrentRowCount))}. Before (reference): {Rows(reference, drift.Groups.Sum(group => group.ReferenceRowCount))}. Each group is compared with the same group of before.</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"advice{(drift.IsDrifted ? " moved" : "")}\"><strong>{Safe(SentenceText.Capital(drift.ToString()))}</strong><br>{Safe(GroupWords.Advice(drift))}</div>\n");
        AddTable(page, drift);
        page.Append(CultureInfo.InvariantCulture, $"<h2>How to read this</h2>\n<p class=\"dim\">The worst group comes first. Listed are the columns that drifted in at least one group, and the effect in each group: the greatest difference of the two distribution functions (numbers, scores), Cramér’s V (categories), or the change of the fraction of missing cells where that drifted. A column of a group has drifted where its p-value, adjusted for all columns, is at most {drift.Options.WindowLevel:G3} and the effect is at least {drift.Options.MinEffect:G3}. The level is divided by the number of groups.</p>\n");
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void AddTable(StringBuilder page, GroupedDrift drift)
    {
        string[] columns = [.. drift.Groups.SelectMany(group => group.DriftedColumns).GroupBy(column => column.Name, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Max(column => column.DriftEffect)).Select(group => group.Key)];
        page.Append("<h2>Groups</h2>\n<p class=\"dim\">The effect says how far a column moved, from 0 (not at all) to 1. p is the probability of a difference this large if nothing has changed. Red: drifted.</p>\n<div class=\"scroll\" role=\"region\" aria-label=\"Drift by group\" tabindex=\"0\"><table><thead><tr>");
        foreach (string head in (string[])[drift.ColumnName, "Rows before", "Rows now", "Scores", "Alerts", .. columns])
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Safe(head)}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var group in drift.Groups)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{(group.Name is { } name ? Safe(name) : "<em>missing</em>")}</td><td>{group.ReferenceRowCount:N0}</td><td>{group.CurrentRowCount:N0}</td><td class=\"wrap\">{Cell(group.Comparison?.Scores)}</td><td class=\"wrap\">{Cell(group.Comparison?.Alerts, drift.Options)}</td>");
            foreach (string column in columns)
                page.Append(CultureInfo.InvariantCulture, $"<td class=\"wrap\">{Cell(group.Comparison?[column])}</td>");
            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static string Cell(ColumnDrift? column) => column switch
    {
        null => "–",
        { IsDrifted: true } => string.Create(CultureInfo.InvariantCulture, $"<span class=\"bad\">effect {column.DriftEffect:0.000}</span>, p {ReportPage.P(column.DriftPValue)}<br>{Safe(column.Change)}"),
        { Status: DriftStatus.NotEnoughData } => "<span class=\"dim\">not enough data</span>",
        { Status: DriftStatus.NotCompared } => "–",
        _ => string.Create(CultureInfo.InvariantCulture, $"<span class=\"dim\">effect {column.DriftEffect:0.000}, p {ReportPage.P(column.DriftPValue)}</span>"),
    };

    private static string Cell(AlertDrift? alerts, DriftOptions options) => alerts is null
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"<span class=\"{(alerts.IsDrifted ? "bad" : "dim")}\">{100 * alerts.ReferenceFraction:G3} % → {100 * alerts.CurrentFraction:G3} %, p {ReportPage.P(alerts.PValue)}{(alerts.IsSmallChange ? FormattableString.Invariant($"; stable: changed by less than {options.MinAlertRatio:G3} times") : "")}</span>");

    private static string Rows(string? name, long count) => string.Create(CultureInfo.InvariantCulture, $"{(name is null ? "" : $"<strong>{Safe(name)}</strong>, ")}{count:N0} rows");

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
