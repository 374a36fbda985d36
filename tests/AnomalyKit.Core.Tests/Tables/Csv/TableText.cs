using System.Text;
using AnomalyKit.Tests.Csv;

namespace AnomalyKit.Tests.Tables;

/// <summary>CSV texts as tables.</summary>
internal static class TableText
{
    public static FeatureTable Load(string text, TableLayout? layout = null, CsvTableOptions? options = null)
    {
        using var reader = CsvTableReader.Open(CsvText.Stream(text), layout, options);
        return reader.ReadAll();
    }

    /// <summary>Reads from a stream that cannot be read twice.</summary>
    public static FeatureTable LoadOnce(string text, TableLayout? layout = null, CsvTableOptions? options = null)
    {
        using var reader = CsvTableReader.Open(new TrickleStream(Encoding.UTF8.GetBytes(text), atATime: 1000), layout, options);
        return reader.ReadAll();
    }

    public static TableDataException Fails(string text, TableLayout? layout = null, CsvTableOptions? options = null) =>
        Assert.Throws<TableDataException>(() => Load(text, layout, options));

    public static TableLayout Kinds(params (string Name, ColumnKind Kind)[] kinds) => new() { Kinds = kinds.ToDictionary(kind => kind.Name, kind => kind.Kind) };

    /// <summary>The cells of a column as texts, missing ones as null.</summary>
    public static IReadOnlyList<string?> Cells(this FeatureTable table, string name) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => table[name].Text(row))];
}
