using System.Text.Json;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>The parameters that mean something here; others are left alone, as the protocol has it.</summary>
internal readonly record struct JsonParameters
{
    /// <summary>Of an input: how many bytes after the JSON are its.</summary>
    public long? BinarySize { get; private init; }

    /// <summary>Of an output: whether it is wanted as bytes.</summary>
    public bool? IsBinary { get; private init; }

    /// <summary>Of a request: whether all outputs are.</summary>
    public bool HasBinaryOutput { get; private init; }

    /// <summary>Reads the object that follows.</summary>
    /// <exception cref="RequestException">It is none, a value is of another kind, or it asks for what is not there.</exception>
    public static JsonParameters Read(ref Utf8JsonReader reader, string owner)
    {
        var parameters = new JsonParameters();
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return parameters;
        JsonFields.ExpectObject(ref reader, $"'parameters' of {owner}");
        while (JsonFields.Next(ref reader))
        {
            if (reader.ValueTextEquals("binary_data_size"u8))
                parameters = parameters with { BinarySize = Size(ref reader) };
            else if (reader.ValueTextEquals("binary_data"u8))
                parameters = parameters with { IsBinary = JsonFields.Boolean(ref reader, "binary_data") };
            else if (reader.ValueTextEquals("binary_data_output"u8))
                parameters = parameters with { HasBinaryOutput = JsonFields.Boolean(ref reader, "binary_data_output") };
            else if (reader.ValueTextEquals("shared_memory_region"u8) || reader.ValueTextEquals("classification"u8))
                throw RequestException.Invalid($"The parameter '{reader.GetString()}' asks for an extension that is not there. Send the data itself: the extensions are listed at /v2.");
            else
                JsonFields.SkipValue(ref reader);
        }

        return parameters;
    }

    private static long Size(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long size) && size >= 0
            ? size
            : throw JsonFields.Wrong(ref reader, "binary_data_size", "a number of bytes, 0 or more,");
    }
}
