using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AnomalyKit.Json;

namespace AnomalyKit.Protocol;

/// <summary>JSON as MLflow writes and reads it: 64-bit integers may be texts, and numbers that JSON does not know always are.</summary>
internal static class MlflowJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>An object.</summary>
    public static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static void WritePair(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    public static void WritePoint(Utf8JsonWriter json, MetricPoint point)
    {
        json.WriteStartObject();
        json.WriteString("key", point.Name);
        json.WriteAny("value", point.Value);
        json.WriteNumber("timestamp", point.Time!.Value.ToUnixTimeMilliseconds());
        json.WriteNumber("step", point.Step);
        json.WriteEndObject();
    }

    /// <summary>The text of a field; null where there is none.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The text of a field that must be there.</summary>
    public static string Needed(this JsonElement json, string name) =>
        json.Text(name) ?? throw new ServerUnusableException($"The server's answer has no '{name}'. Check that the address is that of an MLflow server.");

    /// <summary>A field that must be there.</summary>
    public static JsonElement Part(this JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
        ? value
        : throw new ServerUnusableException($"The server's answer has no '{name}'. Check that the address is that of an MLflow server.");

    /// <summary>The items of a list; none where it is not there.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    public static long? Integer(this JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number
        : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long text) ? text
        : null;

    public static double Double(this JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? 0
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double text) ? text
        : double.NaN;

    public static DateTimeOffset? Time(this JsonElement json, string name) => json.Integer(name) is { } milliseconds and >= -62135596800000 and <= 253402300799999
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : null;

    public static MetricPoint Point(JsonElement json) =>
        new(json.Needed("key"), json.Double("value"), json.Integer("step") ?? 0) { Time = json.Time("timestamp") ?? DateTimeOffset.UnixEpoch };

    public static Dictionary<string, string> Pairs(this JsonElement json, string name)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in json.Items(name))
            pairs[item.Needed("key")] = item.Text("value") ?? string.Empty;
        return pairs;
    }
}
