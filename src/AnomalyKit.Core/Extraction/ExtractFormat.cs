using AnomalyKit.Persistence;
using AnomalyKit.Preparation;

namespace AnomalyKit.Extraction;

/// <summary>How an extract lies in a file.</summary>
internal static class ExtractFormat
{
    private const string Kind = "table-extract";

    public static void Write(ModelWriter writer, TableExtract extract)
    {
        writer.Set("kind", Kind);
        writer.Set("total_rows", extract.TotalRowCount);
        writer.Set("first_row", extract.FirstRow);
        writer.Set("end_row", extract.EndRow);
        writer.Set("sample_size", extract.SampleSize);
        writer.Set("columns", TextList.ToJson([.. extract.Schema.Fields.Select(field => field.Name)]));
        writer.Add<byte>("kinds", extract.Schema.Fields.Select(field => (byte)field.Kind).ToArray());
        writer.Add("numbers", extract.Subset.Numbers);
        writer.Add<byte>("drawn", Array.ConvertAll(extract.IsDrawn, isDrawn => isDrawn ? (byte)1 : (byte)0));
        extract.Statistics.WriteTo(writer.Scope("statistics"));
        for (int i = 0; i < extract.Rows.Columns.Count; i++)
            ColumnFormat.Write(writer.Scope($"rows/{i}"), extract.Rows.Columns[i]);
    }

    public static TableExtract Read(ModelReader reader)
    {
        if (!reader.TryGetString("kind", out string? kind) || kind != Kind)
            throw ModelReader.FormatError("it holds no rows that were taken out of a table");
        long total = StatisticsFormat.Count(reader, "total_rows");
        long first = StatisticsFormat.Count(reader, "first_row");
        long end = StatisticsFormat.Count(reader, "end_row");
        if (first > end || end > total)
            throw ModelReader.FormatError($"its rows {first} to {end} do not lie in a table of {total} rows");
        int sampleSize = reader.GetInt32("sample_size", 2, int.MaxValue);
        var schema = Schema(TextList.FromJson(reader.GetString("columns"), "columns"), reader.GetBytes("kinds", -1));
        long[] numbers = reader.GetInt64s("numbers", -1);
        byte[] drawn = reader.GetBytes("drawn", numbers.Length);
        if (numbers.Length > 0 && (numbers[0] < first || numbers[^1] >= end))
            throw ModelReader.FormatError($"it keeps rows outside of {first} to {end}");
        var statistics = TableStatistics.Read(reader.Scope("statistics"), schema, end - first);
        try
        {
            var columns = schema.Fields.Select((field, i) => ColumnFormat.Read(reader.Scope($"rows/{i}"), field, numbers.Length)).ToArray();
            return new TableExtract(
                first, end, sampleSize, new FeatureTable(columns, schema), new RowSubset(total, numbers), Array.ConvertAll(drawn, mark => mark != 0), statistics);
        }
        catch (ArgumentException exception)
        {
            throw ModelReader.FormatError("its rows make no table", exception);
        }
    }

    private static TableSchema Schema(string[] names, byte[] kinds)
    {
        if (names.Length != kinds.Length || Array.Exists(kinds, kind => kind > (byte)ColumnKind.DateTime))
            throw ModelReader.FormatError("the kinds of its columns do not fit their names");
        try
        {
            return new TableSchema(names.Select((name, i) => new TableField(name, (ColumnKind)kinds[i])));
        }
        catch (ArgumentException exception)
        {
            throw ModelReader.FormatError("its columns make no table", exception);
        }
    }
}
