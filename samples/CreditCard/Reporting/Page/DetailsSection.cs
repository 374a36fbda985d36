using AnomalyKit.Samples.CreditCard.Evaluation;
using AnomalyKit.Samples.CreditCard.Reporting.Charts;
using AnomalyKit.Samples.CreditCard.Reporting.Figures;
using static AnomalyKit.Samples.CreditCard.Reporting.Page.Markup;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>What few readers need, folded away: tables of all runs, their pictures, settings, protocols, data and machine.</summary>
internal static class DetailsSection
{
    public static void Append(Markup html, CreditCardReport report, IReadOnlyList<PageRun> runs)
    {
        html.Add($"<section id=\"details\"><h2>Details</h2>");
        AppendRuns(html, report);
        AppendReference(html, report);
        foreach (var protocol in runs.GroupBy(run => run.Result.Protocol))
            AppendPictures(html, protocol.Key, protocol);
        AppendSettings(html, report);
        FactsSection.Append(html, report);
        html.Add($"</section>");
    }

    private static void AppendRuns(Markup html, CreditCardReport report)
    {
        var table = new HtmlTable(
            "All runs", "detector", "settings", "protocol", "ROC AUC", "AP", "precision", "recall", "F1", "macro-F1", "weighted-F1", "balanced accuracy", "best F1 *", "fit", "rows/s scored");
        foreach (var run in report.Runs)
        {
            var counts = run.Confusion;
            table.Row(
                run.Detector, run.Settings, run.Protocol, run.RocAuc, run.AveragePrecision, counts.Precision, counts.Recall, counts.F1, counts.MacroF1,
                counts.WeightedF1, counts.BalancedAccuracy, run.BestF1, Durations.Text(run.FitSeconds), (long)run.RowsPerSecond);
        }

        html.Add($"<details class=\"print\"><summary>All runs ({report.Runs.Count})</summary>{table}");
        html.Add("""
            <p class="note">Precision, recall and F1 are those of the frauds, at the detector's own threshold. Macro-F1 is the mean of the F1 of both classes.
            Weighted F1 weights each class by its size, so here it is nearly the F1 of the normal class. Balanced accuracy equals the ROC AUC of the labels.
            * The best F1 is taken at the threshold that suits the test labels best. Nobody knows that threshold beforehand.
            Labels were used for measuring only. All figures are of one seed. Detectors that draw at random differ between seeds, most of all in average precision.
            Times are wall-clock times of one pass after a short warm-up.</p>
            """);
        if (report.Runs.Any(run => run.UsesKnownFraudRate))
        {
            html.Add($"<p class=\"note\"><strong>Known fraud rate.</strong> The recommended settings choose a threshold that flags {report.Data.FraudRate:P3} of the training rows. That is the fraud rate known of this data set: one number, and no label of any row. Not everyone has it. ROC AUC and average precision do not depend on it.</p>");
        }

        html.Add($"</details>");
    }

    private static void AppendReference(Markup html, CreditCardReport report)
    {
        html.Add($"""
            <details class="print"><summary>The reference system, under the right names</summary>
            <p>The system that this project re-implements claims a macro-F1 of about 97.5 % for its ensemble. Its own committed reports show otherwise: that figure is a <em>weighted</em> F1.
            With one fraud in 580 rows, nearly all the weight lies on the normal class. A detector that flags nothing would reach a weighted F1 of 0.997.
            The true macro-F1 of its ensembles is 0.53 to 0.57. Its scaler saw the held-out rows, and its single models were measured on the rows that they were trained on.
            Compare macro-F1 with macro-F1, and weighted F1 with weighted F1.</p>
            {ComparisonTable.Build(report.Data.IsSynthetic ? [] : report.Runs)}
            <p class="note">Reference system: as published. scikit-learn: version 1.2.1, the same parameters, refitted on the reference protocol.
            AnomalyKit: the runs of the reference protocol{(report.Data.IsSynthetic ? ", left out here because the data is made up" : string.Empty)}.
            The reference system gives the ROC AUC of the labels for all its models but the autoencoder.</p></details>
            """);
    }

    private static void AppendPictures(Markup html, string protocol, IEnumerable<PageRun> runs)
    {
        html.Add($"<details><summary>Confusion matrices and scores, protocol {Safe(protocol)}</summary><p class=\"note key\"><span><i class=\"normal\"></i>normal rows</span> <span><i class=\"fraud\"></i>frauds</span> <span><i class=\"threshold\"></i>threshold</span></p><div class=\"many\">");
        foreach (var run in runs)
        {
            var counts = run.Result.Confusion;
            html.Add($"<div class=\"run\"><h3>{Badge(run.Number)} {Short(run.Result.Detector)}, {run.Result.Settings} settings</h3><figure>{ScoreChart.Draw(run.Scores)}</figure>");
            html.Add($"<div class=\"scroll\"><table class=\"slim\"><thead><tr><th scope=\"col\">by label</th><th scope=\"col\">alert</th><th scope=\"col\">no alert</th></tr></thead><tbody><tr><th scope=\"row\">fraud</th><td class=\"n good\">{counts.TruePositives:N0}</td><td class=\"n bad\">{counts.FalseNegatives:N0}</td></tr><tr><th scope=\"row\">normal</th><td class=\"n bad\">{counts.FalsePositives:N0}</td><td class=\"n good\">{counts.TrueNegatives:N0}</td></tr></tbody></table></div></div>");
        }

        html.Add($"</div></details>");
    }

    private static void AppendSettings(Markup html, CreditCardReport report)
    {
        var settings = new HtmlTable("What each detector was set to", "detector", "settings", "options");
        foreach (var run in report.Runs.DistinctBy(run => (run.Detector, run.Settings)))
            settings.Row(run.Detector, run.Settings, run.SettingsText);
        html.Add($"<details class=\"print\"><summary>Settings and protocols</summary>{settings}<dl class=\"facts\">");
        foreach (var protocol in report.Protocols)
            html.Add($"<dt>{Safe(protocol.Name)}</dt><dd>{Safe(protocol.Description)}</dd>");
        html.Add($"</dl></details>");
    }
}
