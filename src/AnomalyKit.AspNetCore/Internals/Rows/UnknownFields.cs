using System.Text.Json;

namespace AnomalyKit.Serving.Rows;

/// <summary>Fields of a row that are no columns. They are ignored, and a hint where a column is missing: it may be misspelled.</summary>
internal static class UnknownFields
{
    private const int MaxNames = 5;
    private const int MaxLength = 40;

    /// <summary>Names the unknown fields of a row that lacks a column.</summary>
    /// <param name="row">The row as an object of JSON; what follows it is not looked at.</param>
    /// <param name="columns">The columns of the model.</param>
    /// <param name="column">The column at fault.</param>
    /// <returns>A sentence with a space in front; empty where the row has the column, or no unknown fields.</returns>
    public static string Hint(ReadOnlySpan<byte> row, TableSchema columns, string? column)
    {
        if (column is null)
            return "";
        var known = columns.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = new List<string>();
        int count = 0;
        try
        {
            var reader = new Utf8JsonReader(row);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                if (name == column)
                    return "";
                if (!known.Contains(name) && count++ < MaxNames)
                    unknown.Add(name.Length > MaxLength ? name[..MaxLength] + "…" : name);
                reader.Read();
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Something else is wrong with the row, and is said.
            return "";
        }

        return count switch
        {
            0 => "",
            1 => $" The row has the field '{unknown[0]}', which is no column.",
            <= MaxNames => $" The row has fields that are no columns: '{string.Join("', '", unknown)}'.",
            _ => FormattableString.Invariant($" The row has {count} fields that are no columns: '{string.Join("', '", unknown)}', ….")
        };
    }
}
