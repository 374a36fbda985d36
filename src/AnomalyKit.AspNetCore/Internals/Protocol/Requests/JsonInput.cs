using System.Text.Json;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>An element of <c>inputs</c>, before it is known which bytes are its.</summary>
internal readonly struct JsonInput
{
    private JsonInput(string name, TensorType type, TensorShape shape, ReadOnlyMemory<byte> data, long? binarySize)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Data = data;
        BinarySize = binarySize;
    }

    public string Name { get; }

    public TensorType Type { get; }

    public TensorShape Shape { get; }

    /// <summary>The array of its elements; empty where it is sent as bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>How many bytes after the JSON are its; null where its elements are in the JSON.</summary>
    public long? BinarySize { get; }

    /// <summary>Reads the object that the reader stands at.</summary>
    /// <exception cref="RequestException">A field is missing, or of another kind.</exception>
    public static JsonInput Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, int index)
    {
        JsonFields.ExpectObject(ref reader, "An element of 'inputs'");
        string? name = null;
        string? type = null;
        Span<long> dimensions = stackalloc long[3];
        int rank = -1;
        ReadOnlyMemory<byte> data = default;
        long? size = null;
        var seen = new SeenFields("an input");
        while (JsonFields.Next(ref reader))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                seen.Add(0, "name");
                name = JsonFields.Text(ref reader, "name");
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                seen.Add(1, "shape");
                rank = ReadShape(ref reader, dimensions);
            }
            else if (reader.ValueTextEquals("datatype"u8))
            {
                seen.Add(2, "datatype");
                type = JsonFields.Text(ref reader, "datatype");
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                seen.Add(3, "data");
                JsonFields.StartArray(ref reader, "data");
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                data = json[start..(int)reader.BytesConsumed];
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                seen.Add(4, "parameters");
                size = JsonParameters.Read(ref reader, "an input").BinarySize;
            }
            else
            {
                JsonFields.SkipValue(ref reader);
            }
        }

        if (name is null || type is null || rank < 0)
            throw RequestException.Invalid($"Input {index}{(name is null ? "" : $" ('{Quoted.Text(name)}')")} has no '{(name is null ? "name" : type is null ? "datatype" : "shape")}'. Inputs have name, shape, datatype and data.");
        if (data.IsEmpty == size is null)
            throw RequestException.Invalid($"Input '{Quoted.Text(name)}' has {(size is null ? "no 'data'" : "'data' and 'binary_data_size'")}. Give one of the two.");
        return new JsonInput(name, TensorTypes.Parse(name, type), TensorShape.Of(name, dimensions[..rank]), data, size);
    }

    private static int ReadShape(ref Utf8JsonReader reader, scoped Span<long> dimensions)
    {
        JsonFields.StartArray(ref reader, "shape");
        int rank = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
                throw JsonFields.Wrong(ref reader, "shape", "an array of whole numbers");
            if (!reader.TryGetInt64(out long dimension))
                throw RequestException.Invalid($"The dimension {Quoted.Text(reader.ValueSpan)} of a shape is not a whole number of 64 bits.");
            if (rank < dimensions.Length)
                dimensions[rank++] = dimension;
        }

        return rank;
    }
}
