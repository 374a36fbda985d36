using System.Text.Json;
using AnomalyKit.Json;

namespace AnomalyKit;

/// <summary>Writes inspections as JSON.</summary>
internal static class InspectionJson
{
    private const int Version = 1;

    public static string Write(TableInspection inspection) => JsonParts.Document("anomalykit.inspection", Version, json =>
    {
        json.WriteNumber("rows", inspection.RowCount);
        WriteCount(json, "duplicate_rows", inspection.DuplicateRowCount, inspection.HasExactDuplicateRowCount);
        json.WriteBoolean("blocks_fit", inspection.BlocksFit);
        json.WriteStartArray("columns");
        foreach (var column in inspection.Columns)
            Write(json, column);
        json.WriteEndArray();
        Write(json, inspection.Correlations);
        json.WriteStartArray("findings");
        foreach (var finding in inspection.Findings)
            Write(json, finding);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, ColumnInspection column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("kind", Snake(column.Kind));
        json.WriteString("role", Snake(column.Role));
        json.WriteString("origin", column.Origin);
        json.WriteNumber("missing", column.MissingCount);
        json.WriteFinite("missing_fraction", column.RowCount == 0 ? double.NaN : (double)column.MissingCount / column.RowCount);
        WriteCount(json, "distinct", column.DistinctCount, column.HasExactDistinctCount);
        if (column.Numbers is { } numbers)
            Write(json, numbers);
        if (column.Dates is { } dates)
            Write(json, dates);
        json.WriteStartArray("frequent_values");
        foreach (var value in column.FrequentValues)
        {
            json.WriteStartObject();
            json.WriteString("value", value.Text);
            json.WriteNumber("count", value.Count);
            json.WriteBoolean("exact", value.IsExact);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, NumberSummary numbers)
    {
        json.WriteStartObject("numbers");
        json.WriteFinite("minimum", numbers.Minimum);
        json.WriteFinite("lower_quartile", numbers.LowerQuartile);
        json.WriteFinite("median", numbers.Median);
        json.WriteFinite("upper_quartile", numbers.UpperQuartile);
        json.WriteFinite("maximum", numbers.Maximum);
        json.WriteFinite("mean", numbers.Mean);
        json.WriteFinite("standard_deviation", numbers.StandardDeviation);
        json.WriteFinite("rank_error", numbers.RankError);
        json.WriteNumber("infinite", numbers.InfiniteCount);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DateSummary dates)
    {
        json.WriteStartObject("dates");
        json.WriteString("earliest", dates.Earliest);
        json.WriteString("median", dates.Median);
        json.WriteString("latest", dates.Latest);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TableCorrelations correlations)
    {
        json.WriteStartObject("correlations");
        json.WriteNumber("compared_columns", correlations.ComparedColumnCount);
        json.WriteNumber("comparable_columns", correlations.ComparableColumnCount);
        json.WriteNumber("rows", correlations.RowCount);
        json.WriteNumber("pair_count", correlations.PairCount);
        json.WriteStartArray("pairs");
        foreach (var pair in correlations.Pairs)
        {
            json.WriteStartObject();
            json.WriteTexts("columns", [pair.FirstColumn, pair.SecondColumn]);
            json.WriteFinite("rank_correlation", pair.RankCorrelation);
            json.WriteBoolean("is_curved", pair.IsCurved);
            json.WriteNumber("rows", pair.RowCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InspectionFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("kind", Snake(finding.Kind));
        json.WriteTexts("columns", finding.ColumnNames);
        json.WriteString("message", finding.Message);
        json.WriteString("advice", finding.Advice);
        json.WriteBoolean("blocks_fit", finding.BlocksFit);
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, string name, long count, bool isExact)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", count);
        json.WriteBoolean("exact", isExact);
        json.WriteEndObject();
    }

    private static string Snake<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
