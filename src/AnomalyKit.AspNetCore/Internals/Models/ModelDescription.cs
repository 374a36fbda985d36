using System.Text.Json;
using AnomalyKit.Serving.Routes;

namespace AnomalyKit.Serving.Models;

/// <summary>What clients are told of a model.</summary>
internal static class ModelDescription
{
    public static void Write(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteString("name", model.Name);
        json.WriteString("version", model.Version);
        json.WriteString("kind", model.Detector.Detector.Info.Kind);
        JsonResponse.WriteFinite(json, "threshold"u8, model.Threshold);
        json.WriteString("threshold_origin", model.Detector.ThresholdOrigin);
        json.WriteBoolean("has_p_values", model.HasPValues);
        json.WriteString("loaded_at", model.LoadedAt);
        if (model.Fingerprint.Length > 0)
            json.WriteString("fingerprint", model.Fingerprint);
        json.WriteNumber("rows_scored", model.Counts.Rows);
        json.WriteNumber("anomalies", model.Counts.Anomalies);
        json.WriteStartArray("columns");
        foreach (var field in model.Columns.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("kind", NameOf(field.Kind));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string NameOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Boolean => "boolean",
        ColumnKind.DateTime => "date_time",
        _ => "category",
    };
}
