using AnomalyKit.Json;
using AnomalyKit.TextValues;

namespace AnomalyKit.Fits;

/// <summary>The columns that a detector was fitted on, as JSON.</summary>
internal static class SchemaJson
{
    public static void Write(Stream stream, TableSchema schema) => Write(stream, schema.Fields.Select(field => (field.Name, TextWords.Of(field.Kind.ToString()), TextWords.Of(field.Role.ToString()))));

    public static void Write(Stream stream, FeatureSchema schema) => Write(stream, schema.ColumnNames.Select(name => (name, "number", "feature")));

    private static void Write(Stream stream, IEnumerable<(string Name, string Kind, string Role)> columns)
    {
        string document = JsonParts.Document("anomalykit.schema", 1, json =>
        {
            json.WriteStartArray("columns");
            foreach (var (name, kind, role) in columns)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("kind", kind);
                json.WriteString("role", role);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        stream.Write(System.Text.Encoding.UTF8.GetBytes(document));
    }
}
