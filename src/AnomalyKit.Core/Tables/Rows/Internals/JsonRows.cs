using System.Text;
using System.Text.Json;
using AnomalyKit.Json;

namespace AnomalyKit.Rows;

/// <summary>Reads rows from a JSON text: an object, or an array of objects.</summary>
internal readonly struct JsonRows(RowCells cells)
{
    public void Read(ReadOnlySpan<byte> text)
    {
        // Editors put a mark at the start, which JSON does not have.
        if (text.StartsWith(Encoding.UTF8.Preamble))
            text = text[Encoding.UTF8.Preamble.Length..];
        var reader = new Utf8JsonReader(text);
        try
        {
            ReadRows(ref reader);
        }
        catch (JsonException e)
        {
            throw cells.Problem(null, $"the text is not JSON: {JsonFault.Of(e)}. Expected an object, or an array of objects", e);
        }
        catch (InvalidOperationException e)
        {
            // Half a character as an escape, or bytes that are no UTF-8.
            throw cells.Problem(null, $"a text in the JSON cannot be decoded: {e.Message.TrimEnd('.')}", e);
        }
    }

    private void ReadRows(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadRow(ref reader);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType != JsonTokenType.StartObject)
                        throw cells.Problem(null, $"it is {Describe(ref reader)}; an object was expected");
                    ReadRow(ref reader);
                }

                break;
            default:
                throw cells.Problem(null, $"the JSON is {Describe(ref reader)}; an object, or an array of objects, was expected");
        }

        // What follows the value is an error, which the reader throws.
        reader.Read();
    }

    private void ReadRow(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int column = cells.Find(name);
            reader.Read();
            if (column < 0)
                reader.Skip();
            else
                ReadCell(ref reader, name, column);
        }

        cells.EndRow();
    }

    private void ReadCell(ref Utf8JsonReader reader, string name, int column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                cells.Set(column, null);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                cells.Set(column, reader.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.String:
                cells.Set(column, reader.GetString());
                break;
            case JsonTokenType.Number:
                if (reader.TryGetDouble(out double number) && cells.TrySet(column, number))
                    break;
                cells.Set(column, reader.TryGetInt64(out long whole) ? (object)whole : number);
                break;
            default:
                throw cells.Problem(name, $"it is {Describe(ref reader)}. {cells.Expected(column)}");
        }
    }

    private static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "nothing",
    };
}
