using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Parameters of outputs and properties of models whose values are lists: JSON in a text, for parameters can be no lists.</summary>
internal static class OutputParameters
{
    /// <summary>The columns of contributions.</summary>
    public const string Columns = "columns";

    /// <summary>How many rows have contributions.</summary>
    public const string ExplainedRows = "explained_rows";

    /// <summary>Names as a JSON array.</summary>
    public static string NameList(IEnumerable<string> names)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            foreach (string name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
