using System.Text.Json;
using AnomalyKit.Files;

namespace AnomalyKit.Batch.Sharding;

/// <summary>Writes JSON files that appear whole or not at all.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, Action<Utf8JsonWriter> write)
    {
        using var file = new FileBeside(path);
        using (var json = new Utf8JsonWriter(file.Stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        file.Stream.WriteByte((byte)'\n');
        file.Place();
    }
}
