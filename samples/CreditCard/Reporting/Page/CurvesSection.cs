using AnomalyKit.Samples.CreditCard.Reporting.Charts;
using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>ROC and precision-recall curves: our settings and the reference's side by side, one block per protocol.</summary>
internal static class CurvesSection
{
    public static void Append(Markup html, IReadOnlyList<PageRun> runs, IReadOnlyList<ReferenceVote> votes)
    {
        html.Add($"<section id=\"curves\"><h2>Every threshold at once</h2><p>Each line shows what a detector would do at all thresholds. The dot is the detector's own threshold. Higher is better in all plots.{(votes.Count > 0 ? " Diamonds are the published votes of the reference system." : string.Empty)}</p>");
        AppendLegend(html, runs);
        bool isFirst = true;
        foreach (var protocol in runs.GroupBy(run => run.Result.Protocol))
        {
            if (!isFirst)
                html.Add($"<details><summary>Curves of the protocol {protocol.Key}</summary>");
            foreach (var settings in protocol.GroupBy(run => run.IsOurs).OrderByDescending(group => group.Key))
                AppendPair(html, [.. settings], protocol.Key == "reference" ? votes : []);
            if (!isFirst)
                html.Add($"</details>");
            isFirst = false;
        }

        html.Add($"</section>");
    }

    private static void AppendPair(Markup html, PageRun[] runs, IReadOnlyList<ReferenceVote> votes)
    {
        string what = $"{(runs[0].IsOurs ? "recommended settings" : "settings of the reference system")}, protocol {runs[0].Result.Protocol}";
        html.Add($"<h3>{char.ToUpperInvariant(what[0])}{what[1..]}</h3><div class=\"pair\"><figure>{CurveChart.Roc(runs, votes, $"ROC curves, {what}. Areas below the curves stand in the table of all runs.")}<figcaption>ROC: {List(runs, run => run.RocAuc)}. The dotted line is guessing.</figcaption></figure>");
        html.Add($"<figure>{CurveChart.PrecisionRecall(runs, votes, $"Precision-recall curves, {what}. Average precisions stand in the table of all runs.")}<figcaption>Average precision: {List(runs, run => run.AveragePrecision)}.</figcaption></figure></div>");
    }

    private static string List(PageRun[] runs, Func<Evaluation.RunResult, double> measure) => string.Join(", ", runs.Select(run => FormattableString.Invariant($"<span class=\"k\">{Badge(run.Number)} {measure(run.Result):0.000}</span>")));

    /// <summary>The legend is a list of boxes to tick: style sheets hide the line of a detector whose box is empty, without any script.</summary>
    private static void AppendLegend(Markup html, IReadOnlyList<PageRun> runs)
    {
        html.Add($"<fieldset class=\"legend\"><legend>Detectors shown</legend>");
        foreach (var run in runs.DistinctBy(run => run.Number))
            html.Add($"<label class=\"c{SeriesOf(run.Number)}\"><input type=\"checkbox\" id=\"show{run.Number}\" checked><svg viewBox=\"0 0 44 18\" width=\"44\" height=\"18\" aria-hidden=\"true\"><path class=\"line\" d=\"M0 9L44 9\"/></svg>{Badge(run.Number)} {Short(run.Result.Detector)}</label>");
        html.Add($"</fieldset>");
    }
}
