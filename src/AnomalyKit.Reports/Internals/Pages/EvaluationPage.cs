using static AnomalyKit.Reports.HtmlPage;

namespace AnomalyKit.Reports;

/// <summary>The page of one detector.</summary>
internal static class EvaluationPage
{
    public static string Of(DetectorEvaluation evaluation, string title, ReportOrigin origin, IReadOnlyList<ReportedAlert> alerts)
    {
        var confusion = evaluation.Confusion;
        var page = new HtmlPage(title);
        page.Add($"<p class=\"dim\">{ShortName(evaluation.Name)} on {Count(evaluation.RowCount)} rows, of which {Count(evaluation.AnomalyCount)} ({Percent((double)evaluation.AnomalyCount / evaluation.RowCount)}) are anomalies by their labels</p>");
        page.Add($"<div class=\"cards\">{Card("ROC AUC", Metric(evaluation.RocAuc))}{Card("average precision", Metric(evaluation.AveragePrecision))}{Card("best F1", Metric(evaluation.BestF1?.F1))}{Card("precision", Metric(confusion.Precision))}{Card("recall", Metric(confusion.Recall))}{Card("F1", Metric(confusion.F1))}</div>");
        page.Add($"<p class=\"dim\">Precision, recall and F1 are those at the threshold. The best F1 is that of the threshold that suits these labels best, which nobody knows beforehand.{(evaluation.RocAuc is null ? " All rows are of one kind: what compares both kinds is left out." : string.Empty)}</p>");
        AddConfusion(page, evaluation);
        page.Heading("Scores and curves").Add($"<div class=\"charts\">");
        AddScores(page, evaluation);
        if (evaluation.Roc is not null)
            page.Add($"<figure>{CurveCharts.Roc([evaluation], 1)}<figcaption>ROC: the area below is {Metric(evaluation.RocAuc)}; 0.5 is guessing, along the dashed line. The dot is the threshold.</figcaption></figure>");
        if (evaluation.PrecisionRecall is not null)
            page.Add($"<figure>{CurveCharts.PrecisionRecall([evaluation], 2)}<figcaption>Precision and recall: the average precision is {Metric(evaluation.AveragePrecision)}; guessing gives {Metric((double)evaluation.AnomalyCount / evaluation.RowCount)}. The dot is the threshold.</figcaption></figure>");
        page.Add($"</div>");
        AddChoices(page, evaluation);
        if (alerts.Count > 0)
            AlertSection.AddTo(page, alerts);
        OriginSection.AddTo(page, origin);
        AddTimes(page, evaluation);
        return page.End();
    }

    private static string Card(string name, string value) => $"<div class=\"card\"><b>{value}</b><span>{name}</span></div>";

    private static void AddConfusion(HtmlPage page, DetectorEvaluation evaluation)
    {
        var confusion = evaluation.Confusion;
        page.Heading("At the threshold").Add($"<p>Rows that score above {Score(evaluation.Threshold)} are alerts: {Count(evaluation.AlertCount)} of {Count(evaluation.RowCount)}.</p>")
            .Table("By their labels", "alerts", "no alerts", "all")
            .Add($"<tr><td>anomalies</td><td>{Count(confusion.TruePositives)}</td><td>{Count(confusion.FalseNegatives)}</td><td>{Count(evaluation.AnomalyCount)}</td></tr>")
            .Add($"<tr><td>normal rows</td><td>{Count(confusion.FalsePositives)}</td><td>{Count(confusion.TrueNegatives)}</td><td>{Count(evaluation.RowCount - evaluation.AnomalyCount)}</td></tr>")
            .EndTable();
    }

    private static void AddScores(HtmlPage page, DetectorEvaluation evaluation) => page.Add(
        $"<figure>{ScoreChart.Svg(evaluation.Histogram, 0)}<figcaption class=\"key\"><span><i style=\"border-color:{ScoreChart.NormalColor}\"></i>normal rows</span><span><i style=\"border-color:{ScoreChart.AnomalyColor}\"></i>anomalies</span><span><i style=\"border-color:{ScoreChart.ThresholdColor};border-top-style:dashed\"></i>threshold</span></figcaption></figure>");

    private static void AddChoices(HtmlPage page, DetectorEvaluation evaluation)
    {
        page.Heading("Other numbers of alerts").Add($"<p class=\"dim\">What would be found if the rows of the highest scores were alerts, with a threshold that makes them so. The line of this threshold is marked.</p>")
            .Table("Alerts", "threshold", "precision", "recall", "anomalies found");
        bool isAdded = false;
        // Where rows of equal scores lie at the edge, no threshold gives that many.
        foreach (var choice in evaluation.AlertChoices.Where(choice => !choice.IsTied))
        {
            if (!isAdded && choice.Count >= evaluation.AlertCount)
            {
                isAdded = true;
                AddOwn(page, evaluation);
                if (choice.Count == evaluation.AlertCount)
                    continue;
            }

            string found = choice.Recall is { } recall ? (recall * evaluation.AnomalyCount).ToString("#,0.#", System.Globalization.CultureInfo.InvariantCulture) : "–";
            page.Add($"<tr><td>{Count(choice.Count)}</td><td>{Short(choice.ShortThreshold)}</td><td>{Metric(choice.Precision)}</td><td>{Metric(choice.Recall)}</td><td>{found}</td></tr>");
        }

        if (!isAdded)
            AddOwn(page, evaluation);
        page.EndTable();
    }

    private static string Short(double threshold) => double.IsFinite(threshold) ? threshold.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "–";

    private static void AddOwn(HtmlPage page, DetectorEvaluation evaluation) => page.Add(
        $"<tr class=\"mine\"><td>{Count(evaluation.AlertCount)}</td><td>{Score(evaluation.Threshold)}</td><td>{Metric(evaluation.Confusion.Precision)}</td><td>{Metric(evaluation.Confusion.Recall)}</td><td>{Count(evaluation.Confusion.TruePositives)}</td></tr>");

    private static void AddTimes(HtmlPage page, DetectorEvaluation evaluation)
    {
        if (evaluation.FitSeconds is null && evaluation.ScoreSeconds is null && evaluation.TrainRowCount is null)
            return;
        string fit = evaluation.TrainRowCount is { } rows ? $"Fitted on {Count(rows)} rows" : "Fitted";
        page.Add($"<p class=\"dim\">{fit} in {Seconds(evaluation.FitSeconds)}; scored in {Seconds(evaluation.ScoreSeconds)}.</p>");
    }
}
