using System.Globalization;
using static AnomalyKit.Reports.HtmlPage;

namespace AnomalyKit.Reports;

/// <summary>The page of several runs.</summary>
internal static class RunComparisonPage
{
    private const int MaxCharts = 24;
    private const int MaxNameLength = 40;

    public static string Of(string title, IReadOnlyList<ComparedRun> runs)
    {
        var page = new HtmlPage(title);
        string[] experiments = [.. runs.Select(run => run.Experiment).Where(name => name.Length > 0).Distinct()];
        page.Add($"<p class=\"dim\">{Count(runs.Count)} {(runs.Count == 1 ? "run" : "runs")}{(experiments.Length == 1 ? $" of the experiment {ShortName(experiments[0])}" : string.Empty)}</p>");
        AddRuns(page, runs, withExperiment: experiments.Length > 1);
        AddParameters(page, runs);
        AddMetrics(page, runs);
        AddCurves(page, runs);
        return page.End();
    }

    private static void AddRuns(HtmlPage page, IReadOnlyList<ComparedRun> runs, bool withExperiment)
    {
        page.Table(["Run", .. withExperiment ? (string[])["experiment"] : [], "status", "started", "took", "identifier"]);
        for (int i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            string started = run.Started is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "–";
            page.Add($"<tr><td class=\"key\">{Key(i)}{Heading(run)}</td>{(withExperiment ? $"<td>{ShortName(run.Experiment)}</td>" : string.Empty)}<td>{ShortName(run.Status)}</td><td>{started}</td><td>{Seconds(run.Seconds)}</td><td>{ShortName(run.Id)}</td></tr>");
        }

        page.EndTable().Add($"<p class=\"dim\">Times are universal (UTC).</p>");
    }

    private static void AddParameters(HtmlPage page, IReadOnlyList<ComparedRun> runs)
    {
        string[] names = [.. runs.SelectMany(run => run.Parameters.Keys).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            return;
        string[] other = [.. names.Where(name => runs.Select(run => run.Parameters.GetValueOrDefault(name)).Distinct().Count() > 1)];
        string[] same = [.. names.Except(other)];
        if (runs.Count > 1)
            page.Heading("Parameters that differ");
        if (other.Length > 0)
            AddTable(page, "Parameter", other, runs, (run, name) => run.Parameters.GetValueOrDefault(name) is { } value ? Short(value) : "–");
        else if (runs.Count > 1)
            page.Add($"<p>None: all runs have the same {Count(names.Length)} parameters.</p>");
        if (same.Length == 0)
            return;
        page.Heading(runs.Count > 1 ? "Parameters that all runs share" : "Parameters").Table("Parameter", "value");
        foreach (string name in same)
            page.Add($"<tr><td>{ShortName(name)}</td><td>{Short(runs[0].Parameters[name])}</td></tr>");
        page.EndTable();
    }

    private static void AddMetrics(HtmlPage page, IReadOnlyList<ComparedRun> runs)
    {
        string[] names = [.. runs.SelectMany(run => run.Metrics.Keys).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            return;
        page.Heading("Metrics").Add($"<p class=\"dim\">The last value of each.</p>");
        AddTable(page, "Metric", names, runs, (run, name) => run.Metrics.TryGetValue(name, out double value) ? Number(value) : "–");
    }

    private static void AddTable(HtmlPage page, string head, string[] names, IReadOnlyList<ComparedRun> runs, Func<ComparedRun, string, string> cell)
    {
        page.Table([head, .. runs.Select(Heading)]);
        foreach (string name in names)
            page.Add($"<tr><td>{ShortName(name)}</td>{string.Concat(runs.Select(run => $"<td>{cell(run, name)}</td>"))}</tr>");
        page.EndTable();
    }

    private static void AddCurves(HtmlPage page, IReadOnlyList<ComparedRun> runs)
    {
        string[] names = [.. runs.SelectMany(run => run.Curves.Where(curve => curve.Value.Count > 1).Select(curve => curve.Key)).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            return;
        page.Heading("Metrics over steps").Add($"<p class=\"key\">{string.Concat(runs.Take(CurveCharts.MaxCurves).Select((run, i) => $"<span>{Key(i)}{Heading(run)}</span>"))}</p>");
        if (runs.Count > CurveCharts.MaxCurves)
            page.Add($"<p class=\"dim\">The first {CurveCharts.MaxCurves} of {Count(runs.Count)} runs are drawn.</p>");
        if (names.Length > MaxCharts)
            page.Add($"<p class=\"dim\">{MaxCharts} of {Count(names.Length)} metrics are drawn.</p>");
        page.Add($"<div class=\"charts\">");
        for (int i = 0; i < Math.Min(names.Length, MaxCharts); i++)
        {
            string name = names[i];
            var curves = runs.Take(CurveCharts.MaxCurves).Select(run => run.Curves.GetValueOrDefault(name) ?? []).ToList();
            page.Add($"<figure>{StepChart.Svg(curves, i)}<figcaption>{ShortName(name)}{StepChart.Remark(curves)}</figcaption></figure>");
        }

        page.Add($"</div>");
    }

    private static string Key(int run) => run >= CurveCharts.MaxCurves ? string.Empty
        : $"<i style=\"border-color:{CurveCharts.ColorOf(run)}{(CurveCharts.IsDashed(run) ? ";border-top-style:dashed" : string.Empty)}\"></i>";

    private static string Heading(ComparedRun run) => Short(run.Name.Length > 0 ? run.Name : run.Id);

    private static string Short(string text) => Name(text.Length <= MaxNameLength ? text : string.Concat(text.AsSpan(0, MaxNameLength), "…"));

    private static string Number(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? Score(value) : value.ToString("G6", CultureInfo.InvariantCulture);
}
