using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>The table of the summary: a row for each detector, with our settings, with the reference's, and as the reference system published it.</summary>
internal static class SummaryTable
{
    private const string None = "<td class=\"n\">–</td><td class=\"n\">–</td>";

    public static void Append(Markup html, IReadOnlyList<PageRun> runs, IReadOnlyList<ReferenceVote> votes)
    {
        string per = runs[0].Rate.Per;
        string caption = $"Frauds caught (of {runs[0].Frauds}) and false alarms {per}, each detector at its own threshold";
        bool[] settings = [.. runs.Select(run => run.IsOurs).Distinct().OrderDescending()];
        string[] groups = [.. settings.Select(isOurs => isOurs ? "recommended" : "reference settings")];
        if (votes.Count > 0)
            groups = [.. groups, "published"];
        html.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table class=\"slim\"><caption>{caption}</caption><thead><tr><th rowspan=\"2\" scope=\"col\">detector</th>{string.Concat(groups.Select(group => $"<th colspan=\"2\" scope=\"colgroup\">{group}</th>"))}</tr><tr>{string.Concat(groups.Select(_ => "<th scope=\"col\">caught</th><th scope=\"col\">false alarms</th>"))}</tr></thead><tbody>");
        foreach (var detector in runs.GroupBy(run => run.Number))
        {
            string name = detector.First().Result.Detector;
            string cells = string.Concat(settings.Select(isOurs => Cells(detector.FirstOrDefault(run => run.IsOurs == isOurs))));
            html.Add($"<tr><th scope=\"row\"><span class=\"k\">{Badge(detector.Key)} {Short(name)}</span></th>{cells}{Published(votes, runs[0].Rate, name)}</tr>");
        }

        foreach (var vote in votes.Where(vote => runs.All(run => run.Result.Detector != vote.Line.Model)))
            html.Add($"<tr><th scope=\"row\"><span class=\"k\">{vote.Line.Model}</span></th>{string.Concat(settings.Select(_ => None))}{Published(votes, runs[0].Rate, vote.Line.Model)}</tr>");
        html.Add($"</tbody></table></div>");
    }

    private static string Cells(PageRun? run) => run is null ? None : FormattableString.Invariant($"<td class=\"n\">{run.Caught:N0}</td><td class=\"n\">{Number(run.FalseAlarmRate)}</td>");

    private static string Published(IReadOnlyList<ReferenceVote> votes, TrafficRate rate, string name)
    {
        if (votes.Count == 0)
            return string.Empty;
        var vote = votes.FirstOrDefault(vote => vote.Line.Model == name);
        return vote is null ? None : FormattableString.Invariant($"<td class=\"n\">{vote.Caught:N0}</td><td class=\"n\">{Number(rate.Rate(vote.FalseAlarms))}</td>");
    }
}
