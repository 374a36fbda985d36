using System.Text.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Numbers;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Rows;

/// <summary>Gives the cells of an array the names of the columns.</summary>
internal sealed class CellNames(TableSchema columns)
{
    // What stands before a cell: {"a": or ,"b":
    private readonly byte[][] _heads = [.. columns.Fields.Select((field, i) => (byte[])[(byte)(i == 0 ? '{' : ','), (byte)'"', .. JsonEncodedText.Encode(field.Name).EncodedUtf8Bytes, (byte)'"', (byte)':'])];

    /// <summary>Writes an array of cells as an object.</summary>
    /// <exception cref="RequestException">400: there are too few or too many cells, or one is an array or an object.</exception>
    public void Write(ReadOnlySpan<byte> array, long row, PooledBytes target)
    {
        var reader = new Utf8JsonReader(array);
        reader.Read();
        int column = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (column == _heads.Length)
                throw JsonProblem.Width(row, columns, FormattableString.Invariant($"more than {column}"));
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                throw JsonProblem.Unexpected(ref reader, row, columns.Fields[column].Name, "a single value");
            target.Append(_heads[column++]);
            target.Append(array[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
        }

        if (column < _heads.Length)
            throw JsonProblem.Width(row, columns, FormattableString.Invariant($"{column}"));
        target.Append("}"u8);
    }
}
