using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>Results for programs, on standard output.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A document of a kind: what begins every object that the command prints.</summary>
    public static JsonObject Document(string kind) => new() { ["format"] = $"anomalykit.{kind}", ["version"] = 1 };

    public static void Write(ToolContext context, JsonNode node)
    {
        using (var writer = new Utf8JsonWriter(context.Output, Indented))
            node.WriteTo(writer);
        context.Output.WriteByte((byte)'\n');
    }

    public static void Write(ToolContext context, string json) => context.Text.WriteLine(json);

    /// <summary>A number; null where it is not finite, which JSON cannot say.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
