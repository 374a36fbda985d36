using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>Which detectors flag the same rows; left out where there is one detector only.</summary>
internal static class AgreementSection
{
    public static bool Has(IReadOnlyList<PageRun> runs) => Compared(runs).Length > 1;

    public static void Append(Markup html, IReadOnlyList<PageRun> runs)
    {
        var compared = Compared(runs);
        var frauds = Agreement.Of(compared, frauds: true);
        var alarms = Agreement.Of(compared, frauds: false);
        int all = frauds.ByCount[^1];
        html.Add($"<section id=\"agreement\"><h2>Do the detectors agree?</h2><p>Each cell compares two detectors at their own thresholds ({compared[0].Result.Settings} settings, protocol {compared[0].Result.Protocol}): of the rows that either one flags, the share that both flag, in percent.</p>");
        html.Add($"<p>{frauds.ByCount[0]:N0} of {frauds.ByCount.Sum():N0} frauds are flagged by no detector, {all:N0} by all {compared.Length}. Of {alarms.ByCount.Skip(1).Sum():N0} normal rows that raise a false alarm, {alarms.ByCount[1]:N0} do so with one detector only. Detectors that catch the same frauds but raise different false alarms make a good ensemble.</p>");
        html.Add($"<div class=\"pair\">");
        AppendHeat(html, frauds, "Frauds that both catch");
        AppendHeat(html, alarms, "False alarms that both raise");
        html.Add($"</div></section>");
    }

    /// <summary>The runs of the first protocol with our settings; with the reference's where ours were not run.</summary>
    private static PageRun[] Compared(IReadOnlyList<PageRun> runs)
    {
        var first = runs.Where(run => run.Result.Protocol == runs[0].Result.Protocol).ToLookup(run => run.IsOurs);
        return [.. first[first[true].Any()]];
    }

    private static void AppendHeat(Markup html, Agreement agreement, string caption)
    {
        var runs = agreement.Runs;
        html.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table class=\"heat\"><caption>{caption}</caption><thead><tr><th scope=\"col\">detector</th>{string.Concat(runs.Select(run => $"<th scope=\"col\">{Badge(run.Number)}<span class=\"unseen\"> {Short(run.Result.Detector)}</span></th>"))}</tr></thead><tbody>");
        for (int a = 0; a < runs.Count; a++)
        {
            html.Add($"<tr><th scope=\"row\"><span class=\"k\">{Badge(runs[a].Number)} {Short(runs[a].Result.Detector)}</span></th>{string.Concat(Enumerable.Range(0, runs.Count).Select(b => Cell(a == b ? null : agreement.Share(a, b))))}</tr>");
        }

        html.Add($"</tbody></table></div>");
    }

    private static string Cell(double? share) => share is { } value
        ? FormattableString.Invariant($"<td class=\"h{(int)Math.Min(value * 10, 9)}\">{100 * value:0}</td>")
        : "<td>–</td>";
}
