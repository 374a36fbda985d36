using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AnomalyKit.Persistence;

/// <summary>Lists of texts as values of a model file: JSON arrays.</summary>
internal static class TextList
{
    public static string ToJson(IReadOnlyList<string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (string text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <param name="json">What a file holds.</param>
    /// <param name="name">What the list is called, for the error.</param>
    public static string[] FromJson(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(text => text.GetString() ?? throw new JsonException("null"))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw ModelReader.FormatError($"'{name}' is not a JSON list of texts", exception);
        }
    }
}
