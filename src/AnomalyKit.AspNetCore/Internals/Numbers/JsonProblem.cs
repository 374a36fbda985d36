using System.Buffers;
using System.Text;
using System.Text.Json;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Numbers;

/// <summary>What is wrong with a text of JSON, for people.</summary>
internal static class JsonProblem
{
    private const int MaxValueBytes = 40;

    /// <summary>A value that is something else than it must be.</summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="row">The row, or −1.</param>
    /// <param name="column">The column, or null.</param>
    /// <param name="expected">What it must be.</param>
    public static RequestException Unexpected(ref Utf8JsonReader reader, long row, string? column, string expected)
    {
        string value = Describe(ref reader);
        string place = row < 0 ? "The request" : column is null ? FormattableString.Invariant($"Row {row}") : FormattableString.Invariant($"Row {row}, column '{column}'");
        return new RequestException(StatusCodes.Status400BadRequest, $"{place}: the value is {value}; {expected} was expected.") { Row = row, Column = column, Value = value };
    }

    /// <summary>A row with another number of values than the model has columns.</summary>
    public static RequestException Width(long row, TableSchema columns, string found) => new(
        StatusCodes.Status400BadRequest,
        FormattableString.Invariant($"Row {row} has {found} values; the model has {columns.ColumnCount} columns. Give one value per column, in this order: {Names(columns)}."))
    {
        Row = row,
    };

    /// <summary>What a reader stands on, as text.</summary>
    public static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"the text \"{Clipped(ref reader)}\"",
        JsonTokenType.Number => Clipped(ref reader),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        _ => "missing",
    };

    /// <summary>The columns of a model, at most the first few dozen.</summary>
    private static string Names(TableSchema columns)
    {
        const int MaxNames = 40;
        string names = string.Join(", ", columns.Fields.Take(MaxNames).Select(field => field.Name));
        return columns.ColumnCount > MaxNames ? names + ", …" : names;
    }

    private static string Clipped(ref Utf8JsonReader reader)
    {
        Span<byte> bytes = stackalloc byte[MaxValueBytes];
        long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        int count = (int)Math.Min(length, MaxValueBytes);
        if (reader.HasValueSequence)
            reader.ValueSequence.Slice(0, count).CopyTo(bytes);
        else
            reader.ValueSpan[..count].CopyTo(bytes);
        // Half a character at the cut is replaced.
        string text = Encoding.UTF8.GetString(bytes[..count]);
        return length > MaxValueBytes ? text + "…" : text;
    }
}
