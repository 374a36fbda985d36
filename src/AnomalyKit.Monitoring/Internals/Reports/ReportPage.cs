using System.Globalization;
using System.Net;
using System.Text;
using AnomalyKit.Monitoring.Windows;
using AnomalyKit.TextValues;

namespace AnomalyKit.Monitoring.Reports;

/// <summary>The page.</summary>
internal static class ReportPage
{
    internal const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#f3f5f7;--line:#d5dae0;--bad:#b42318;--good:#1a7f37;--dim:#5b6570;--ref:#2f81d8;--cur:#e07b1a;--shade:#0003}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--paper:#14171a;--soft:#1d2226;--line:#353c43;--bad:#ff7b6b;--good:#56d364;--dim:#9aa4ae;--shade:#fff3}}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        main{max-width:1280px;margin:0 auto;padding:24px}
        h1{font-size:26px;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:19px;margin:32px 0 8px}h3{font-size:16px;margin:0 0 2px;overflow-wrap:anywhere}
        .dim{color:var(--dim)}.bad{color:var(--bad);font-weight:600}.good{color:var(--good);font-weight:600}
        .advice{background:var(--soft);border-left:4px solid var(--line);padding:12px 16px;margin:16px 0}.advice.moved{border-color:var(--bad)}
        table{border-collapse:separate;border-spacing:0;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
        .scroll{overflow-x:auto;background:linear-gradient(to left,var(--paper) 20px,transparent) right/60px 100% no-repeat local,linear-gradient(to left,var(--shade),transparent) right/16px 100% no-repeat scroll}
        th,td{padding:5px 6px;text-align:right;vertical-align:baseline;border-bottom:1px solid var(--line);white-space:nowrap}
        th{font-weight:600;color:var(--dim);white-space:normal;vertical-align:bottom}
        th:first-child,td:first-child{text-align:left;white-space:normal;overflow-wrap:break-word;min-width:7em;max-width:24em;position:sticky;left:0;background:var(--paper);box-shadow:1px 0 var(--line)}
        .wrap{white-space:normal}.wide{min-width:8.5em}
        .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:16px}
        figure{margin:0;border:1px solid var(--line);border-radius:6px;padding:12px;background:var(--paper)}figure svg{width:100%;height:auto}
        figure svg text{fill:var(--dim)!important}
        figcaption{font-size:13px;color:var(--dim)}
        .key i{display:inline-block;width:12px;height:12px;border-radius:2px;margin:0 6px 0 14px;vertical-align:-1px}.key i:first-child{margin-left:0}
        """;

    /// <summary>In place of a figure that was not computed.</summary>
    private const string None = "–";

    public static string Of(DriftComparison comparison, string title, string advice, DateTimeOffset? since, DateTimeOffset? until, ClassifierTestResult? classifier)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Safe(title)}</title>\n<style>\n{Style}\n</style></head>\n<body><main>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Safe(title)}</h1>\n<p class=\"dim\">{comparison.CurrentRowCount:N0} rows{Span(since, until)}, compared with {comparison.ReferenceRowCount:N0} rows of the reference</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"advice{(comparison.IsDrifted ? " moved" : "")}\"><strong>{Safe(SentenceText.Capital(comparison.ToString()))}</strong><br>{Safe(advice)}</div>\n");
        if (comparison.Alerts is { } alerts)
            AddAlerts(page, alerts, comparison.Options);
        if (classifier is not null)
            AddClassifier(page, classifier);
        AddTable(page, comparison);
        page.Append("<h2>Distributions</h2>\n<p class=\"key\"><i style=\"background:var(--ref)\"></i>reference<i style=\"background:var(--cur)\"></i>current</p>\n<div class=\"charts\">\n");
        int number = 0;
        if (comparison.Scores is not null)
            AddChart(page, comparison.Scores, "Scores", number++);
        foreach (var column in comparison.Columns.Where(column => column.CurrentCount > 0 || column.Status != DriftStatus.NotCompared))
            AddChart(page, column, column.Name, number++);
        page.Append("</div>\n");
        AddLegend(page, comparison.Options);
        if (ReportWords.Groups(comparison) is { } groups)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"dim\">{Safe(groups)}</p>\n");
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void AddAlerts(StringBuilder page, AlertDrift alerts, DriftOptions options) => page.Append(
        CultureInfo.InvariantCulture,
        $"<h2>Alerts</h2>\n<p>{Percent(alerts.ReferenceFraction)} in the reference, <strong>{Percent(alerts.CurrentFraction)}</strong> now ({alerts.AlertCount:N0} of {alerts.ScoreCount:N0} rows), {alerts.Ratio:G3} times as many. {Equal(alerts.PValue)}: {State(alerts, options)}</p>\n");

    private static void AddClassifier(StringBuilder page, ClassifierTestResult classifier)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>Can the windows be told apart?</h2>\n<p>Of {classifier.HeldOutCount:N0} rows held out, a classifier orders {Percent(classifier.AreaUnderRoc)} of all pairs correctly (50 % is guessing); {Equal(classifier.PValue)}. ");
        var parts = classifier.Columns.Where(column => column.Fraction >= 0.01).Take(8).Select(column => $"{Safe(column.Name)} ({Percent(column.Fraction)})").ToArray();
        page.Append(parts.Length == 0 ? "No column tells them apart.</p>\n" : $"What tells them apart: {string.Join(", ", parts)}.</p>\n");
    }

    private static void AddTable(StringBuilder page, DriftComparison comparison)
    {
        page.Append("<h2>Columns</h2>\n<div class=\"scroll\" role=\"region\" aria-label=\"Drift by column\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Column</th><th scope=\"col\">Status</th><th scope=\"col\">Effect</th><th scope=\"col\">p</th><th scope=\"col\">Adjusted p</th><th scope=\"col\">Missing before</th><th scope=\"col\">Missing now</th><th scope=\"col\">Before: 10 % / median / 90 %</th><th scope=\"col\">Now</th><th scope=\"col\">Wasserstein</th><th scope=\"col\">PSI</th><th scope=\"col\">Jensen–Shannon</th></tr></thead><tbody>\n");
        foreach (var column in comparison.Scores is null ? comparison.Columns : comparison.Columns.Prepend(comparison.Scores))
        {
            string name = ReferenceEquals(column, comparison.Scores) ? "<em>scores</em>" : Safe(column.Name);
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}</td><td class=\"wrap\">{State(column)}</td><td>{Judged(column, column.DriftEffect.ToString("0.000", CultureInfo.InvariantCulture))}</td><td>{Judged(column, P(column.DriftPValue))}</td><td>{Judged(column, P(column.AdjustedPValue))}</td><td>{(column.IsMissingCounted ? Percent(column.ReferenceMissingFraction) : None)}</td><td>{(column.IsMissingCounted ? Percent(column.CurrentMissingFraction) : None)}</td><td class=\"wrap wide\">{Values(column, column.ReferenceQuantiles)}</td><td class=\"wrap wide\">{Values(column, column.CurrentQuantiles)}</td><td>{OfValues(column, column.Wasserstein, "G3")}</td><td>{OfValues(column, column.StabilityIndex, "G3")}</td><td>{OfValues(column, column.JensenShannon, "0.000")}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void AddChart(StringBuilder page, ColumnDrift column, string name, int number)
    {
        string chart = column.Histogram is { } histogram ? ColumnChart.Svg(histogram, column.Kind, number, $"Values of {Safe(name)}, reference and current") : "<p class=\"dim\">One side has no values.</p>";
        page.Append(CultureInfo.InvariantCulture, $"<figure role=\"group\" aria-label=\"{Safe(name)}\"><h3>{Safe(name)} {State(column)}</h3>{chart}<figcaption>{Caption(column)}</figcaption></figure>\n");
    }

    private static void AddLegend(StringBuilder page, DriftOptions options)
    {
        string rule = options.Correction == DriftCorrection.Holm ? "Holm" : "Benjamini and Hochberg";
        page.Append(CultureInfo.InvariantCulture, $"<h2>How to read this</h2>\n<p class=\"dim\">A column has drifted where its p-value, adjusted for all columns after {rule}, is at most {options.WindowLevel:G3} and the effect is at least {options.MinEffect:G3}. The effect is the greatest difference of the two distribution functions (numbers, dates, scores) or Cramér’s V (categories). Its missing cells have drifted where their fraction changed by at least {Percent(options.MinMissingChange)}; effect and p are then those of the missing cells; otherwise they are those of the values. The adjusted p is that of the column as a whole: the smaller of the two, doubled where cells are missing. Values and missing cells are judged each by its own p, with the same adjustment, and by its own effect. The values of columns of dates count only on request, because dates move on by themselves. Wasserstein’s distance is in standard deviations of the reference. A small change is significant, but below these limits. The alerts have drifted where their p is at most {options.WindowLevel:G3} and their fraction changed by at least {options.MinAlertRatio:G3} times, up or down. PSI is the population stability index: by convention 0.1 is a shift and 0.25 a large one.</p>\n");
    }

    private static string Span(DateTimeOffset? since, DateTimeOffset? until) => (since, until) switch
    {
        ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $" from {from:yyyy-MM-dd HH:mm zzz} to {to:yyyy-MM-dd HH:mm zzz}"),
        ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $" since {from:yyyy-MM-dd HH:mm zzz}"),
        (null, { } to) => string.Create(CultureInfo.InvariantCulture, $" until {to:yyyy-MM-dd HH:mm zzz}"),
        _ => string.Empty,
    };

    private static string State(ColumnDrift column) => column is { Status: DriftStatus.NotCompared, NotComparedReason: { } reason }
        ? $"<span class=\"dim\">not compared: {reason}</span>"
        : column.IsMissingDrift ? "<span class=\"bad\">drifted: missing cells</span>"
        : column is { Status: DriftStatus.Stable, IsSmallChange: true } ? "<span class=\"good\">stable: small change</span>"
        : State(column.Status);

    private static string State(AlertDrift alerts, DriftOptions options) => alerts.IsSmallChange
        ? string.Create(CultureInfo.InvariantCulture, $"<span class=\"good\">stable: changed by less than {options.MinAlertRatio:G3} times</span>")
        : State(alerts.Status);

    /// <summary>What a test said, where there was one.</summary>
    private static string Judged(ColumnDrift column, string text) => column.Status == DriftStatus.NotCompared ? None : text;

    /// <summary>A distance of the values, where these were compared.</summary>
    private static string OfValues(ColumnDrift column, double value, string format) => column.NotComparedReason is null ? value.ToString(format, CultureInfo.InvariantCulture) : None;

    private static string Values(ColumnDrift column, ColumnQuantiles? quantiles) => quantiles is null
        ? None
        : $"{ValueText.Short(quantiles.P10, column.Kind)} / {ValueText.Short(quantiles.Median, column.Kind)} / {ValueText.Short(quantiles.P90, column.Kind)}";

    private static string Caption(ColumnDrift column)
    {
        string change = Safe(column.Change);
        if (column.Status == DriftStatus.NotCompared)
            return change;
        // The p-value of the column may be that of its missing cells, beside which an effect of the values says nothing.
        string p = column.IsDecidedByMissing && !column.IsMissingDrift ? $"p {P(column.DriftPValue)}" : $"p adjusted {P(column.AdjustedPValue)}";
        string numbers = string.Create(CultureInfo.InvariantCulture, $"effect {column.DriftEffect:0.000}, {p}");
        return change.Length == 0 ? numbers : $"{change}; {numbers}";
    }

    private static string State(DriftStatus status) => status switch
    {
        DriftStatus.Drifted => "<span class=\"bad\">drifted</span>",
        DriftStatus.NotEnoughData => "<span class=\"dim\">not enough data</span>",
        DriftStatus.NotResolvable => "<span class=\"dim\">not resolvable</span>",
        _ => "<span class=\"good\">stable</span>",
    };

    private static string Equal(double value) => value < 1e-300 ? $"p {P(value)}" : $"p = {P(value)}";

    internal static string P(double value) => value >= 0.001 ? value.ToString("0.000", CultureInfo.InvariantCulture) : value < 1e-300 ? "&lt; 1e-300" : value.ToString("0.0E+0", CultureInfo.InvariantCulture);

    private static string Percent(double fraction) => PercentText.Short(fraction);

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
