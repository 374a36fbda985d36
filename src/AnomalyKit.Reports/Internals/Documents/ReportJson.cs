using System.Buffers;
using System.Text;
using System.Text.Json;

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

    private static string Document(string format, string title, ReportOrigin origin, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", format);
            json.WriteNumber("version", Version);
            json.WriteString("title", title);
            WriteOrigin(json, origin);
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

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
        WriteTexts(json, "data_files", origin.DataFiles);
        json.WriteString("label_column", origin.LabelColumn);
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
        WriteNumber(json, "train_rows", evaluation.TrainRowCount);
        WriteNumber(json, "fit_seconds", evaluation.FitSeconds);
        WriteNumber(json, "score_seconds", evaluation.ScoreSeconds);
        WriteNumber(json, "roc_auc", evaluation.RocAuc);
        WriteNumber(json, "average_precision", evaluation.AveragePrecision);
        WriteNumber(json, "precision", confusion.Precision);
        WriteNumber(json, "recall", confusion.Recall);
        WriteNumber(json, "f1", confusion.F1);
        WriteNumber(json, "macro_f1", confusion.MacroF1);
        WriteNumber(json, "weighted_f1", confusion.WeightedF1);
        WriteNumber(json, "best_f1", evaluation.BestF1?.F1);
        WriteNumber(json, "best_f1_threshold", evaluation.BestF1?.Threshold);
        WriteNumber(json, "threshold", evaluation.Threshold);
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
            WriteNumber(json, "threshold", choice.Threshold);
            WriteNumber(json, "precision", choice.Precision);
            WriteNumber(json, "recall", choice.Recall);
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
            WriteNumber(json, "mean_contribution", column.MeanContribution);
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
        WriteNumber(json, "score", alert.Attribution.Score);
        if (alert.IsAnomaly is { } label)
            json.WriteBoolean("label", label);
        else
            json.WriteNull("label");
        WriteNumber(json, "baseline", alert.Attribution.Baseline);
        json.WriteStartObject("contributions");
        for (int i = 0; i < alert.Attribution.Groups.Count; i++)
            WriteNumber(json, alert.Attribution.Groups.Names[i], alert.Attribution.Contributions[i]);
        json.WriteEndObject();
        WriteTexts(json, "reasons", alert.Reasons);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
