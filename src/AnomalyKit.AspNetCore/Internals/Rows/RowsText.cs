using System.Text;
using System.Text.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Numbers;

namespace AnomalyKit.Serving.Rows;

/// <summary>Where the rows are in a body: an array of rows, <c>{"rows": […]}</c> around one, or a single row.</summary>
internal readonly ref struct RowsText
{
    private const string Expected = "an array of rows, {\"rows\": […]}, or one row as an object";

    private RowsText(ReadOnlySpan<byte> text, bool isOneRow)
    {
        Text = text;
        IsOneRow = isOneRow;
    }

    /// <summary>The text of the array, or of the only row.</summary>
    public ReadOnlySpan<byte> Text { get; }

    public bool IsOneRow { get; }

    /// <summary>Whether rows are arrays of cells; else they are objects.</summary>
    public bool AreArrays => Text[0] == '[' && (IsOneRow || (new Utf8JsonReader(Text) is var reader && reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.StartArray));

    /// <summary>Looks through a whole body.</summary>
    /// <exception cref="RequestException">400: there are no rows.</exception>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static RowsText Find(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        var reader = new Utf8JsonReader(body);
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        RowsText found;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            found = Array(ref reader, body);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            found = InObject(ref reader, body);
            if (found.Text.IsEmpty)
                found = new RowsText(body[start..(int)reader.BytesConsumed], isOneRow: true);
        }
        else
        {
            throw JsonProblem.Unexpected(ref reader, -1, null, Expected);
        }

        // What follows is an error, which the reader throws.
        reader.Read();
        return found;
    }

    private static RowsText InObject(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var found = default(RowsText);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRows = JsonText.NameIs(ref reader, "rows"u8);
            reader.Read();
            if (!isRows || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            if (!found.Text.IsEmpty)
                throw RequestException.Invalid("The request has 'rows' twice. Give them once.");
            found = Array(ref reader, body);
        }

        return found;
    }

    /// <summary>An array of objects or arrays has rows; one of anything else is a row.</summary>
    private static RowsText Array(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        int start = (int)reader.TokenStartIndex;
        var first = reader;
        first.Read();
        bool isOneRow = first.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.EndArray);
        reader.Skip();
        return new RowsText(body[start..(int)reader.BytesConsumed], isOneRow);
    }
}
