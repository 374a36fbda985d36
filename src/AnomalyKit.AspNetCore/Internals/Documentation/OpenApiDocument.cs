using System.Text.Json;
using AnomalyKit.Serving.Protocol;

namespace AnomalyKit.Serving.Documentation;

/// <summary>A document of OpenAPI 3.1. Routes of its own describe each model, because rows of different models have different columns.</summary>
internal static class OpenApiDocument
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ServedModel> models, bool needsKey)
    {
        // Newest versions come first, and they are what a route without a version means.
        ServedModel[] newest = [.. models.DistinctBy(model => model.Name)];
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        WriteInfo(json);
        json.WriteStartObject("paths");
        foreach (var (path, operation) in OpenApiParts.Paths)
        {
            json.WritePropertyName(path);
            json.WriteRawValue(operation);
        }

        for (int i = 0; i < newest.Length; i++)
            WriteScorePath(json, newest[i], i);
        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WritePropertyName("responses");
        json.WriteRawValue(OpenApiParts.Responses);
        json.WritePropertyName("securitySchemes");
        json.WriteRawValue(OpenApiParts.SecuritySchemes);
        json.WriteStartObject("schemas");
        foreach (var (name, schema) in OpenApiParts.Schemas)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(schema);
        }

        for (int i = 0; i < newest.Length; i++)
            RowSchema.Write(json, RowSchema.NameOf(i), newest[i]);
        json.WriteEndObject();
        json.WriteEndObject();
        if (needsKey)
        {
            json.WritePropertyName("security");
            json.WriteRawValue("""[{"api_key": []}, {"bearer": []}]""");
        }

        json.WriteEndObject();
    }

    private static void WriteInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject("info");
        json.WriteString("title", "AnomalyKit");
        json.WriteString("version", ServerMetadata.Version);
        json.WriteString("description", "Scores rows for anomalies. The Open Inference Protocol v2 is served too, under /v2; its own specification describes it.");
        json.WriteEndObject();
    }

    private static void WriteScorePath(Utf8JsonWriter json, ServedModel model, int index)
    {
        json.WriteStartObject($"/v1/models/{Uri.EscapeDataString(model.Name)}/score");
        json.WriteStartObject("post");
        json.WriteString("summary", $"Score rows by model {model.Name}");
        json.WriteString("operationId", $"score_{index}");
        json.WritePropertyName("parameters");
        json.WriteRawValue(OpenApiParts.ScoreParameters);
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", true);
        json.WriteStartObject("content");
        string row = $"{{\"$ref\": \"#/components/schemas/{RowSchema.NameOf(index)}\"}}";
        json.WriteStartObject("application/json");
        json.WritePropertyName("schema");
        json.WriteRawValue("""{"oneOf": [{"type": "object", "required": ["rows"], "properties": {"rows": {"type": "array", "items": @row}}}, {"type": "array", "items": @row}, @row]}""".Replace("@row", row, StringComparison.Ordinal));
        json.WriteEndObject();
        json.WriteStartObject("application/x-ndjson");
        json.WritePropertyName("schema");
        json.WriteRawValue(row);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WritePropertyName("responses");
        json.WriteRawValue(OpenApiParts.ScoreResponses);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
