using System.Globalization;
using System.Text.Json;

namespace AnomalyKit.Serving.Documentation;

/// <summary>The schema of a model's rows: objects by the names of the columns, or arrays in their order.</summary>
internal static class RowSchema
{
    /// <summary>The name of the schema. Names of models may hold what names of schemas may not.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"row_{index}");

    public static void Write(Utf8JsonWriter json, string name, ServedModel model)
    {
        json.WriteStartObject(name);
        json.WriteString("title", $"A row of model {model.Name}, version {model.Version}");
        json.WriteStartArray("oneOf");
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartArray("required");
        foreach (var field in model.Columns.Fields)
            json.WriteStringValue(field.Name);
        json.WriteEndArray();
        json.WriteStartObject("properties");
        foreach (var field in model.Columns.Fields)
        {
            json.WritePropertyName(field.Name);
            json.WriteRawValue(TypeOf(field.Kind));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartArray("prefixItems");
        foreach (var field in model.Columns.Fields)
            json.WriteRawValue(TypeOf(field.Kind));
        json.WriteEndArray();
        json.WriteNumber("minItems", model.Columns.ColumnCount);
        json.WriteNumber("maxItems", model.Columns.ColumnCount);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => """{"type": ["number", "null"]}""",
        ColumnKind.Boolean => """{"type": ["boolean", "null"]}""",
        ColumnKind.DateTime => """{"type": ["string", "null"], "description": "Date and time as ISO 8601 writes them"}""",
        _ => """{"type": ["string", "null"]}""",
    };
}
