using System.Text.Json;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Fields of JSON objects that must be of a kind.</summary>
internal static class JsonFields
{
    /// <summary>Goes to the next name of an object.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    public static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <exception cref="RequestException">The value that the reader stands at is something else.</exception>
    public static void ExpectObject(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw RequestException.Invalid($"{what} is {Describe(reader.TokenType)}; an object was expected.");
    }

    /// <exception cref="RequestException">The value that follows is something else.</exception>
    public static void StartArray(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Wrong(ref reader, field, "an array");
    }

    /// <exception cref="RequestException">The value that follows is something else.</exception>
    public static string Text(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Wrong(ref reader, field, "a text");
    }

    /// <exception cref="RequestException">The value that follows is something else.</exception>
    public static bool Boolean(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.TokenType == JsonTokenType.True : throw Wrong(ref reader, field, "true or false");
    }

    public static RequestException Wrong(ref Utf8JsonReader reader, string field, string expected) =>
        RequestException.Invalid($"'{field}' is {Describe(reader.TokenType)}; {expected} was expected.");

    private static string Describe(JsonTokenType token) => token switch
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
