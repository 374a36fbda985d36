using System.Text.Json;
using AnomalyKit.Json;

namespace AnomalyKit.Reports;

/// <summary>Writes reports as JSON.</summary>
internal static class ReportJson
{
    private const int Version = 1;

    public static string OfEvaluation(DetectorEvaluation evaluation, string title, ReportOrigin origin, IReadOnlyList<ReportedAlert> alerts) => Document("anomalykit.evaluation", title, origin, json =>
    {
        WriteDetector(json, evaluation);
        if (alerts.Count > 0)
            WriteAlerts(json, alerts);
    });

    public static string OfComparison(IReadOnlyList<DetectorEvaluation> evaluations, string title, ReportOrigin origin) => Document("anomalykit.comparison", title, origin, json =>
    {
        json.WriteNumber("rows", evaluations[0].RowCount);
        json.WriteNumber("anomalies", evaluations[0].AnomalyCount);
        json.WriteStartArray("detectors");
        foreach (var evaluation in evaluations)
        {
            json.WriteStartObject();
            WriteDetector(json, evaluation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Document(string format, string title, ReportOrigin origin, Action<Utf8JsonWriter> write) => JsonParts.Document(format, Version, json =>
    {
        json.WriteString("title", title);
        WriteOrigin(json, origin);
        write(json);
    });

    private static void WriteOrigin(Utf8JsonWriter json, ReportOrigin origin)
    {
        json.WriteStartObject("origin");
        json.WriteString("model", origin.Model);
        json.WriteString("model_kind", origin.ModelKind);
        json.WriteString("threshold_origin", origin.ThresholdOrigin);
        json.WriteString("anomalykit_version", origin.Version);
        if (origin.Seed is { } seed)
            json.WriteNumber("seed", seed);
        else
            json.WriteNull("seed");
        json.WriteTexts("data_files", origin.DataFiles);
        json.WriteString("label_column", origin.LabelColumn);
        if (origin.UnlabeledRowCount is { } unlabeled)
            json.WriteNumber("unlabeled_rows", unlabeled);
        json.WriteStartObject("options");
        foreach (var (name, value) in origin.Options)
            json.WriteString(name, value);
        json.WriteEndObject();
        if (origin.CreatedAt is { } time)
            json.WriteString("created_at", time);
        else
            json.WriteNull("created_at");
        json.WriteEndObject();
    }

    private static void WriteDetector(Utf8JsonWriter json, DetectorEvaluation evaluation)
    {
        var confusion = evaluation.Confusion;
        json.WriteString("detector", evaluation.Name);
        json.WriteNumber("rows", evaluation.RowCount);
        json.WriteNumber("anomalies", evaluation.AnomalyCount);
        json.WriteFinite("train_rows", evaluation.TrainRowCount);
        json.WriteFinite("fit_seconds", evaluation.FitSeconds);
        json.WriteFinite("score_seconds", evaluation.ScoreSeconds);
        json.WriteFinite("roc_auc", evaluation.RocAuc);
        json.WriteFinite("average_precision", evaluation.AveragePrecision);
        json.WriteFinite("precision", confusion.Precision);
        json.WriteFinite("recall", confusion.Recall);
        json.WriteFinite("f1", confusion.F1);
        json.WriteFinite("macro_f1", confusion.MacroF1);
        json.WriteFinite("weighted_f1", confusion.WeightedF1);
        json.WriteFinite("best_f1", evaluation.BestF1?.F1);
        json.WriteFinite("best_f1_threshold", evaluation.BestF1?.Threshold);
        json.WriteFinite("threshold", evaluation.Threshold);
        json.WriteNumber("alerts", evaluation.AlertCount);
        json.WriteStartObject("confusion");
        json.WriteNumber("tn", confusion.TrueNegatives);
        json.WriteNumber("fp", confusion.FalsePositives);
        json.WriteNumber("fn", confusion.FalseNegatives);
        json.WriteNumber("tp", confusion.TruePositives);
        json.WriteEndObject();
        json.WriteStartArray("alert_choices");
        foreach (var choice in evaluation.AlertChoices)
        {
            json.WriteStartObject();
            json.WriteNumber("alerts", choice.Count);
            json.WriteFinite("threshold", choice.ShortThreshold);
            json.WriteFinite("lowest_threshold", choice.Threshold);
            json.WriteFinite("precision", choice.Precision);
            json.WriteFinite("recall", choice.Recall);
            json.WriteBoolean("is_tied", choice.IsTied);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAlerts(Utf8JsonWriter json, IReadOnlyList<ReportedAlert> alerts)
    {
        json.WriteStartArray("reason_columns");
        foreach (var column in ReasonColumn.Of(alerts))
        {
            json.WriteStartObject();
            json.WriteString("column", column.Name);
            json.WriteFinite("mean_contribution", column.MeanContribution);
            json.WriteNumber("first_reason", column.FirstCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("highest_alerts");
        foreach (var alert in alerts)
            WriteAlert(json, alert);
        json.WriteEndArray();
    }

    private static void WriteAlert(Utf8JsonWriter json, ReportedAlert alert)
    {
        json.WriteStartObject();
        json.WriteNumber("row", alert.Row);
        json.WriteFinite("score", alert.Attribution.Score);
        if (alert.IsAnomaly is { } label)
            json.WriteBoolean("label", label);
        else
            json.WriteNull("label");
        json.WriteFinite("baseline", alert.Attribution.Baseline);
        json.WriteStartObject("contributions");
        for (int i = 0; i < alert.Attribution.Groups.Count; i++)
            json.WriteFinite(alert.Attribution.Groups.Names[i], alert.Attribution.Contributions[i]);
        json.WriteEndObject();
        json.WriteTexts("reasons", alert.Reasons);
        json.WriteEndObject();
    }
}
