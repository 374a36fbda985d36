using System.Text;
using System.Text.Json;
using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>What other thresholds would do: a slider where scripts run, and a table of a few thresholds in any case.</summary>
internal static class ExplorerSection
{
    private static readonly double[] Rates = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

    public static void Append(Markup html, IReadOnlyList<PageRun> runs, PageRun preferred)
    {
        string per = preferred.Rate.Per;
        html.Add($"""
            <section id="explorer"><h2>Try another threshold</h2>
            <p>A lower threshold catches more frauds and raises more false alarms. What that is worth depends on what a missed fraud and a false alarm cost you.</p>
            <div id="explore" hidden><div class="inputs">
            <label for="x-run">Detector</label><select id="x-run">{Options(runs, preferred)}</select>
            <label for="x-at">Threshold: <span id="x-threshold"></span></label><input type="range" id="x-at" min="0" step="1">
            <label for="x-missed">Cost of a missed fraud</label><input type="number" id="x-missed" min="0" step="any" value="100" inputmode="decimal">
            <label for="x-alarm">Cost of a false alarm</label><input type="number" id="x-alarm" min="0" step="any" value="5" inputmode="decimal">
            <span></span><span class="buttons"><button type="button" id="x-own">Detector's own threshold</button> <button type="button" id="x-cheap">Cheapest threshold</button></span></div>
            <div class="results"><dl class="big" id="x-results"><div><dt>Alerts {per}</dt><dd data-x="alerts"></dd></div><div><dt>False alarms {per}</dt><dd data-x="falseAlarms"></dd></div><div><dt>Precision</dt><dd data-x="precision"></dd></div><div><dt>Recall</dt><dd data-x="recall"></dd></div><div><dt>Frauds caught</dt><dd data-x="caught"></dd></div><div><dt>Frauds missed</dt><dd data-x="missed"></dd></div><div><dt>Cost {per}</dt><dd data-x="cost"></dd></div></dl>
            <figure><svg id="x-chart" viewBox="0 0 560 250" role="img" aria-label="Recall, precision and cost over the number of alerts. The figures beside it are those at the upright line."></svg>
            <figcaption><span class="k"><svg viewBox="0 0 30 12" width="30" height="12" aria-hidden="true"><path class="line recall" d="M0 6L30 6"/></svg> recall</span> <span class="k"><svg viewBox="0 0 30 12" width="30" height="12" aria-hidden="true"><path class="line precision" d="M0 6L30 6"/></svg> precision</span> <span class="k"><svg viewBox="0 0 30 12" width="30" height="12" aria-hidden="true"><path class="line cost" d="M0 6L30 6"/></svg> cost (top: the dearest threshold)</span></figcaption></figure></div>
            <p class="unseen" role="status" id="x-status"></p></div>
            """);
        AppendFew(html, preferred);
        html.Add($"<script type=\"application/json\" id=\"explorer-data\">{Json(runs)}</script></section>");
    }

    /// <summary>The data of the slider; the encoder escapes all that could end the script block.</summary>
    public static string Json(IReadOnlyList<PageRun> runs)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var run in runs)
            {
                json.WriteStartObject();
                json.WriteString("name", Name(run));
                json.WriteNumber("units", run.Rate.Units);
                json.WriteNumber("frauds", run.Points.Anomalies);
                json.WriteNumber("own", run.Points.Own);
                Write(json, "threshold", run.Points.Points.Select(point => (float)point.Threshold), value => WriteFinite(json, value));
                Write(json, "alerts", run.Points.Points.Select(point => point.Alerts), json.WriteNumberValue);
                Write(json, "caught", run.Points.Points.Select(point => point.Caught), json.WriteNumberValue);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            write(value);
        json.WriteEndArray();
    }

    private static void WriteFinite(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    private static string Name(PageRun run) => $"{run.Result.Detector}, {run.Result.Settings} settings";

    private static string Options(IReadOnlyList<PageRun> runs, PageRun preferred)
    {
        var html = new StringBuilder();
        var numbered = runs.Select((run, index) => (Run: run, Index: index));
        foreach (var protocol in numbered.GroupBy(pair => pair.Run.Result.Protocol))
        {
            html.Append($"<optgroup label=\"protocol {Safe(protocol.Key)}\">");
            foreach (var (run, index) in protocol)
                html.Append($"<option value=\"{index}\"{(ReferenceEquals(run, preferred) ? " selected" : string.Empty)}>{Short(Name(run))}</option>");
            html.Append("</optgroup>");
        }

        return html.ToString();
    }

    private static void AppendFew(Markup html, PageRun run)
    {
        var points = Rates.Select(rate => run.Points.Nearest(rate * run.Rate.Units)).Append(run.Points.Points[run.Points.Own]);
        string caption = $"A few thresholds of {Name(run)}, protocol {run.Result.Protocol}";
        html.Add($"<details open id=\"few\"><summary>A few thresholds as a table</summary><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Safe(caption)}\"><table><caption>{Safe(caption)}</caption><thead><tr><th scope=\"col\">alerts {run.Rate.Per}</th><th scope=\"col\">threshold</th><th scope=\"col\">false alarms {run.Rate.Per}</th><th scope=\"col\">precision</th><th scope=\"col\">recall</th><th scope=\"col\">frauds caught</th><th scope=\"col\">frauds missed</th></tr></thead><tbody>");
        foreach (var point in points.DistinctBy(point => point.Alerts).OrderBy(point => point.Alerts))
        {
            bool isOwn = point == run.Points.Points[run.Points.Own];
            double precision = point.Alerts == 0 ? 0 : (double)point.Caught / point.Alerts;
            html.Add($"<tr{(isOwn ? " class=\"mine\"" : string.Empty)}><th scope=\"row\">{Number(run.Rate.Rate(point.Alerts))}{(isOwn ? " (its own)" : string.Empty)}</th><td class=\"n\">{Score(point.Threshold)}</td><td class=\"n\">{Number(run.Rate.Rate(point.Alerts - point.Caught))}</td><td class=\"n\">{Percent(precision)}</td><td class=\"n\">{Percent((double)point.Caught / Math.Max(1, run.Points.Anomalies))}</td><td class=\"n\">{point.Caught:N0}</td><td class=\"n\">{run.Points.Anomalies - point.Caught:N0}</td></tr>");
        }

        html.Add($"</tbody></table></div></details>");
    }
}
