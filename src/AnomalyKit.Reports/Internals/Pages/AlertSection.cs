using System.Globalization;
using static AnomalyKit.Reports.HtmlPage;

namespace AnomalyKit.Reports;

/// <summary>Why the highest alerts are alerts.</summary>
internal static class AlertSection
{
    private const int MaxColumns = 15;
    private const int MaxAlerts = 30;
    private const int MaxReasons = 10;

    public static void AddTo(HtmlPage page, IReadOnlyList<ReportedAlert> alerts)
    {
        var columns = ReasonColumn.Of(alerts);
        string explained = alerts[0].Attribution.Info.ExplainedValue;
        page.Heading("What the highest alerts have in common").Add($"<p class=\"dim\">Contributions of the columns to {Safe(explained)}, mean over the {Count(alerts.Count)} highest alerts{Shown(MaxColumns, columns.Count, "columns")}.</p>");
        double greatest = Math.Max(columns.Max(column => column.MeanContribution), double.Epsilon);
        page.Table("Column", "Mean contribution", "Alerts it contributes most to", string.Empty);
        foreach (var column in columns.Take(MaxColumns))
        {
            double width = Math.Clamp(100 * column.MeanContribution / greatest, 0, 100);
            page.Add($"<tr><td>{ShortName(column.Name)}</td><td>{column.MeanContribution.ToString("0.####", CultureInfo.InvariantCulture)}</td><td>{Count(column.FirstCount)}</td><td class=\"fill\"><span class=\"bar\" style=\"width:{width.ToString("0.#", CultureInfo.InvariantCulture)}%\"></span></td></tr>");
        }

        page.EndTable().Heading("The highest alerts");
        if (alerts.Count > MaxAlerts)
            page.Add($"<p class=\"dim\">{MaxAlerts} of {Count(alerts.Count)} shown.</p>");
        foreach (var alert in alerts.Take(MaxAlerts))
            AddAlert(page, alert);
    }

    private static void AddAlert(HtmlPage page, ReportedAlert alert)
    {
        string label = alert.IsAnomaly switch { true => ", an anomaly", false => ", a normal row", null => string.Empty };
        page.Add($"<div class=\"alert\"><h3>Row {Count(alert.Row)}: score {Score(alert.Attribution.Score)}{label}</h3><ul>");
        string[] reasons = [.. alert.Reasons.Take(MaxReasons)];
        if (reasons.Length == 0)
            reasons = [.. alert.Attribution.Top(3).Select(column => column.ToString())];
        foreach (string reason in reasons)
            page.Add($"<li>{Name(reason)}</li>");
        page.Add($"</ul></div>");
    }

    private static string Shown(int most, int all, string what) => all > most ? $"; {most} of {Count(all)} {what} shown" : string.Empty;
}
