using System.Text.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Numbers;

/// <summary>Reads rows of numbers from arrays of JSON: nested, one array per row, or flat, row after row. <see langword="null"/> is a missing cell, NaN among the values.</summary>
internal static class JsonNumbers
{
    /// <summary>Reads an array to its end.</summary>
    /// <param name="reader">Stands on the start of the array; then on its end.</param>
    /// <param name="values">Receives the values, row after row.</param>
    /// <param name="columns">The columns of a row.</param>
    /// <param name="maxRows">The most rows.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="RequestException">400: something else than numbers, or too few or too many of them in a row; 413: too many rows.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static int ReadRows(ref Utf8JsonReader reader, PooledValues values, TableSchema columns, int maxRows)
    {
        if (!reader.Read())
            throw CutOff();
        if (reader.TokenType == JsonTokenType.EndArray)
            return 0;
        return reader.TokenType == JsonTokenType.StartArray
            ? ReadNested(ref reader, values, columns, maxRows)
            : ReadFlat(ref reader, values, columns, maxRows);
    }

    private static int ReadNested(ref Utf8JsonReader reader, PooledValues values, TableSchema columns, int maxRows)
    {
        int row = 0;
        do
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw JsonProblem.Unexpected(ref reader, row, null, $"an array of {columns.ColumnCount} numbers, as the other rows are,");
            if (row == maxRows)
                throw BodyLimit.TooManyRows(maxRows);
            int column = 0;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (column == columns.ColumnCount)
                    throw JsonProblem.Width(row, columns, $"more than {column}");
                Add(ref reader, values, columns, row, column++);
            }

            if (column < columns.ColumnCount)
                throw JsonProblem.Width(row, columns, FormattableString.Invariant($"{column}"));
            row++;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray);
        return row;
    }

    private static int ReadFlat(ref Utf8JsonReader reader, PooledValues values, TableSchema columns, int maxRows)
    {
        int row = 0, column = 0;
        do
        {
            if (row == maxRows)
                throw BodyLimit.TooManyRows(maxRows);
            Add(ref reader, values, columns, row, column);
            if (++column == columns.ColumnCount)
                (row, column) = (row + 1, 0);
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray);
        return column == 0 ? row : throw JsonProblem.Width(row, columns, FormattableString.Invariant($"{column}"));
    }

    private static void Add(ref Utf8JsonReader reader, PooledValues values, TableSchema columns, int row, int column)
    {
        if (reader.TokenType == JsonTokenType.Number && JsonNumber.TryGet(ref reader, out double value))
            values.Add(value);
        else if (reader.TokenType == JsonTokenType.Null)
            values.Add(double.NaN);
        else
            throw JsonProblem.Unexpected(ref reader, row, columns.Fields[column].Name, "a finite number (or, by a model that takes missing cells, null)");
    }

    private static JsonException CutOff() => new("The text ends within an array.");
}
