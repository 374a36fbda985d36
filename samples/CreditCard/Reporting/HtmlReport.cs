using System.Globalization;
using System.Net;
using System.Text;
using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>The report as one HTML file that needs no other: style and pictures lie within it.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:#222;max-width:1280px;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.8rem;margin-bottom:.3rem}h2{margin-top:2.2rem;border-bottom:1px solid #ddd;padding-bottom:.2rem}
        table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums}th,td{padding:.28rem .55rem;border-bottom:1px solid #e6e6e6;text-align:left;vertical-align:top}
        th{background:#f4f6f8}td.n{text-align:right}td.k{white-space:nowrap}.wide{overflow-x:auto}.note{color:#555;font-size:.9rem}
        .warn{background:#fff3cd;border:1px solid #e6c65c;padding:.6rem .9rem;border-radius:4px}
        img{max-width:100%;height:auto}figure{margin:0}.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(380px,1fr));gap:1rem}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
        """;

    public static byte[] Write(CreditCardReport report)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>AnomalyKit on credit-card transactions</title><style>
            {Style}
            </style></head><body>
            <h1>AnomalyKit on credit-card transactions</h1>

            """);
        if (report.Data.IsSynthetic)
            html.Append("<p class=\"warn\"><strong>Synthetic data.</strong> No credit-card file was found, so the rows were made up. Nothing below says anything about real fraud.</p>\n");
        AppendFacts(html, report);
        AppendRuns(html, report);
        AppendReference(html, report);
        ReasonsSection.Append(html, report.Reasons);
        DriftSection.Append(html, report.DayTwo);
        AppendPictures(html, report);
        html.Append("</body></html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static void AppendFacts(StringBuilder html, CreditCardReport report)
    {
        var (data, machine) = (report.Data, report.Machine);
        (string Name, string Text)[] facts =
        [
            ("Data", string.Create(CultureInfo.InvariantCulture, $"{data.Source}: {data.Rows.RowCount:N0} rows × {data.Rows.ColumnCount} columns, {data.Frauds:N0} frauds ({data.FraudRate:P3}); {data.Identity}")),
            ("SHA-256", data.Sha256 + (data.IsSynthetic ? " (of the cells as float32, then the labels)" : " (of the unpacked text)")),
            ("Run time", $"{Durations.Text(report.TotalSeconds)} in all, of which {(data.IsSynthetic ? "making up the rows" : "reading")} {Durations.Text(data.ReadSeconds)}"),
            ("Peak memory", report.PeakBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N0} MiB (whole process, pictures included)") : "not told by this system"),
            ("Machine", $"{machine.Cpu}, {machine.Cores} logical processors, {machine.Simd}; {machine.Os}"),
            ("Versions", $"AnomalyKit {LibraryVersion()}, {machine.Runtime}"),
        ];
        html.Append("<dl>\n");
        foreach (var (name, text) in facts)
            html.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{WebUtility.HtmlEncode(text)}</dd>\n");
        html.Append("</dl>\n");
    }

    private static void AppendRuns(StringBuilder html, CreditCardReport report)
    {
        html.Append("<h2>All runs</h2>\n");
        var table = new HtmlTable(
            "protocol", "detector", "settings", "ROC AUC", "AP", "precision", "recall", "F1", "macro-F1", "weighted-F1", "balanced accuracy", "best F1 *", "fit", "rows/s scored");
        foreach (var run in report.Runs)
        {
            var counts = run.Confusion;
            table.Row(
                run.Protocol, run.Detector, run.Settings, run.RocAuc, run.AveragePrecision, counts.Precision, counts.Recall, counts.F1, counts.MacroF1,
                counts.WeightedF1, counts.BalancedAccuracy, run.BestF1, Durations.Text(run.FitSeconds), (long)run.RowsPerSecond);
        }

        html.Append(table);
        html.Append(CultureInfo.InvariantCulture, $"""
            <p class="note">Precision, recall and F1 are those of the frauds, at the detector's own threshold. Macro-F1 is the mean of both classes' F1;
            weighted-F1 weights it by class size, so that here it is nearly the F1 of the normal class. Balanced accuracy equals the ROC AUC of the labels.
            * F1 at the threshold that is best on the test labels: optimistic, no one knows that threshold beforehand. Labels were used for measuring only.
            Figures are of one seed: detectors that draw at random differ between seeds, most of all in average precision.
            Times are wall clock of one pass after a short warm-up; for medians beside other libraries see the benchmarks.</p>

            """);
        if (report.Runs.Any(run => run.UsesKnownFraudRate))
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <p><strong>Known fraud rate.</strong> The recommended settings set their threshold so that the share {report.Data.FraudRate:P3} of the training rows is
                flagged: the fraud rate that is known of this data set. It is one number and no label of any row, but it is knowledge that
                not everyone has; ROC AUC and AP do not depend on it.</p>

                """);
        }

        html.Append("<h3>Protocols</h3>\n<dl>\n");
        foreach (var protocol in report.Protocols)
            html.Append(CultureInfo.InvariantCulture, $"<dt>{protocol.Name}</dt><dd>{WebUtility.HtmlEncode(protocol.Description)}</dd>\n");
        html.Append("</dl>\n<h3>Settings</h3>\n");
        var settings = new HtmlTable("detector", "settings", "options");
        foreach (var run in report.Runs.DistinctBy(run => (run.Detector, run.Settings)))
            settings.Row(run.Detector, run.Settings, run.SettingsText);
        html.Append(settings);
    }

    private static void AppendReference(StringBuilder html, CreditCardReport report)
    {
        html.Append("""
            <h2>The reference system, under the right names</h2>
            <p>The system that this project re-implements claims a macro-F1 of about 97.5 % for its ensemble. Its own committed reports show otherwise: that
            figure is a <em>weighted</em> F1. With one fraud in 580 rows, nearly all the weight lies on the normal class, and a detector that flags nothing at
            all would reach a weighted F1 of .997. The true macro-F1 of its ensembles is .53 to .57. Further, its scaler saw the held-out rows, and its
            single models were measured on the rows that they were trained on. Compare macro-F1 with macro-F1, and weighted with weighted.</p>

            """);
        html.Append(ComparisonTable.Build(report.Data.IsSynthetic ? [] : report.Runs));
        html.Append("""
            <p class="note">Reference system: as it published them. scikit-learn: version 1.2.1, the same parameters, refitted on the reference protocol.
            AnomalyKit: the runs of the reference protocol above (left out where the data is made up). Balanced accuracy equals the ROC AUC of the labels, which is what the reference
            system gives for all but its autoencoder.</p>

            """);
    }

    private static void AppendPictures(StringBuilder html, CreditCardReport report)
    {
        html.Append("<h2>Curves</h2>\n");
        AppendImage(html, report.Curves, "ROC and precision-recall curves");
        for (int i = 0; i < report.Runs.Count; i++)
        {
            var run = report.Runs[i];
            string title = $"{run.Protocol}: {run.Detector}, {run.Settings} settings";
            html.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(title)}</h2>\n<p class=\"note\">{WebUtility.HtmlEncode(run.SettingsText)}. Fitted on {run.TrainRows:N0} rows, measured on {run.TestRows:N0}.</p>\n<div class=\"pair\">");
            AppendImage(html, report.Pictures[i].Confusion, $"Confusion matrix, {title}");
            AppendImage(html, report.Pictures[i].Scores, $"Scores, {title}");
            html.Append("</div>\n");
        }
    }

    internal static void AppendImage(StringBuilder html, byte[] png, string text) => html.Append(
        CultureInfo.InvariantCulture,
        $"<figure><img alt=\"{WebUtility.HtmlEncode(text)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\"></figure>\n");

    private static string LibraryVersion() => typeof(FeatureMatrix).Assembly.GetName().Version?.ToString(3) ?? "?";
}
