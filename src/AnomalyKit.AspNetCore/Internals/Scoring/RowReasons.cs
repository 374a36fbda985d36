using System.Text.Json;

namespace AnomalyKit.Serving.Scoring;

/// <summary>The columns that speak against a row, as numbers and as sentences.</summary>
/// <param name="Rows">The table that the row is of.</param>
/// <param name="Row">The zero-based row.</param>
/// <param name="Reasons">The columns, in the order of <see cref="Explanation.Reasons"/>.</param>
internal sealed record RowReasons(FeatureTable Rows, int Row, IReadOnlyList<Reason> Reasons)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("contributions");
        foreach (var reason in Reasons)
        {
            json.WriteStartObject();
            json.WriteString("column", reason.ColumnName);
            json.WritePropertyName("value");
            WriteCell(json, Rows[reason.ColumnName]);
            json.WriteNumber("contribution", reason.Contribution);
            if (reason.Expected is { } expected && Rows[reason.ColumnName] is NumberColumn)
                json.WriteNumber("expected", expected);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("reasons");
        foreach (var reason in Reasons)
            json.WriteStringValue(reason.Sentence);
        json.WriteEndArray();
    }

    /// <summary>A cell as it is in requests.</summary>
    private void WriteCell(Utf8JsonWriter json, TableColumn column)
    {
        if (column.IsMissing(Row))
            json.WriteNullValue();
        else if (column is NumberColumn numbers)
            json.WriteNumberValue(numbers.Value(Row));
        else if (column is BooleanColumn booleans)
            json.WriteBooleanValue(booleans.Value(Row) == true);
        else
            json.WriteStringValue(column.Text(Row));
    }
}
