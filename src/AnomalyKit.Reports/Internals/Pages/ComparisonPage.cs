using static AnomalyKit.Reports.HtmlPage;

namespace AnomalyKit.Reports;

/// <summary>The page of several detectors.</summary>
internal static class ComparisonPage
{
    private static readonly (string Head, Func<DetectorEvaluation, double?> Value, Func<double?, string> Text, bool HasBest)[] Columns =
    [
        ("ROC AUC", evaluation => evaluation.RocAuc, Metric, true),
        ("average precision", evaluation => evaluation.AveragePrecision, Metric, true),
        ("best F1", evaluation => evaluation.BestF1?.F1, Metric, true),
        ("precision", evaluation => evaluation.Confusion.Precision, Metric, true),
        ("recall", evaluation => evaluation.Confusion.Recall, Metric, true),
        ("F1", evaluation => evaluation.Confusion.F1, Metric, true),
        ("alerts", evaluation => evaluation.AlertCount, value => Count((long)value!), false),
        ("fit", evaluation => evaluation.FitSeconds, Seconds, false),
        ("score", evaluation => evaluation.ScoreSeconds, Seconds, false),
    ];

    public static string Of(IReadOnlyList<DetectorEvaluation> evaluations, string title, ReportOrigin origin)
    {
        DetectorEvaluation[] ranked = [.. evaluations.OrderByDescending(evaluation => evaluation.AveragePrecision ?? 0)];
        var first = ranked[0];
        var page = new HtmlPage(title);
        page.Add($"<p class=\"dim\">{Count(ranked.Length)} detectors on the same {Count(first.RowCount)} rows, of which {Count(first.AnomalyCount)} ({Percent((double)first.AnomalyCount / first.RowCount)}) are anomalies by their labels</p>");
        AddTable(page, ranked);
        AddCurves(page, ranked);
        AddChoices(page, ranked);
        OriginSection.AddTo(page, origin);
        return page.End();
    }

    private static void AddTable(HtmlPage page, DetectorEvaluation[] ranked)
    {
        // Times are worth a column where one is known.
        var shown = Columns.Where(column => column.Head is not ("fit" or "score") || ranked.Any(evaluation => column.Value(evaluation) is not null)).ToArray();
        page.Table(["Detector", .. shown.Select(column => column.Head)]);
        foreach (var evaluation in ranked)
        {
            string cells = string.Concat(shown.Select(column =>
            {
                double? value = column.Value(evaluation);
                bool isBest = column.HasBest && value is not null && ranked.Length > 1 && ranked.All(other => !(column.Value(other) > value));
                return $"<td{(isBest ? " class=\"best\"" : string.Empty)}>{column.Text(value)}</td>";
            }));
            page.Add($"<tr><td>{ShortName(evaluation.Name)}</td>{cells}</tr>");
        }

        page.EndTable().Add($"<p class=\"dim\">Precision, recall and F1 are those at each detector’s own threshold. The best F1 is that of the threshold that suits these labels best, which nobody knows beforehand.</p>");
    }

    private static void AddCurves(HtmlPage page, DetectorEvaluation[] ranked)
    {
        if (ranked[0].PrecisionRecall is null)
            return;
        DetectorEvaluation[] drawn = [.. ranked.Take(CurveCharts.MaxCurves)];
        page.Heading("Curves").Add($"<p class=\"key\">{string.Concat(drawn.Select((evaluation, i) => $"<span><i style=\"border-color:{CurveCharts.ColorOf(i)}{(CurveCharts.IsDashed(i) ? ";border-top-style:dashed" : string.Empty)}\"></i>{ShortName(evaluation.Name)}</span>"))}</p>");
        if (drawn.Length < ranked.Length)
            page.Add($"<p class=\"dim\">The {drawn.Length} best of {Count(ranked.Length)} are drawn.</p>");
        page.Add($"<div class=\"charts\">");
        if (ranked[0].Roc is not null)
            page.Add($"<figure>{CurveCharts.Roc(drawn, 0)}<figcaption>ROC; guessing runs along the dashed line. Dots are thresholds.</figcaption></figure>");
        page.Add($"<figure>{CurveCharts.PrecisionRecall(drawn, 1)}<figcaption>Precision and recall. Dots are thresholds.</figcaption></figure></div>");
    }

    /// <summary>All detectors have the same numbers of alerts in their tables, for they have the same rows.</summary>
    private static void AddChoices(HtmlPage page, DetectorEvaluation[] ranked)
    {
        var counts = ranked[0].AlertChoices.Select(choice => choice.Count).Where(count => count <= Math.Max(10 * ranked[0].AnomalyCount, 1000)).ToArray();
        page.Heading("Precision at numbers of alerts").Add($"<p class=\"dim\">The fraction of anomalies among the rows of the highest scores, as many as somebody can look at.</p>")
            .Table(["Detector", .. counts.Select(count => Count(count))]);
        foreach (var evaluation in ranked)
            page.Add($"<tr><td>{ShortName(evaluation.Name)}</td>{string.Concat(evaluation.AlertChoices.Take(counts.Length).Select(choice => $"<td>{Metric(choice.Precision)}</td>"))}</tr>");
        page.EndTable();
    }
}
