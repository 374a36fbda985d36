using AnomalyKit.Tables;
using Microsoft.ML;

namespace AnomalyKit.ML.Cells;

/// <summary>The columns wanted of data views of one schema.</summary>
internal sealed class ViewColumns
{
    private readonly DataViewSchema.Column[] _sources;
    private readonly bool[] _everyDigit;

    public ViewColumns(DataViewSchema schema, TableLayout layout)
    {
        var found = new FoundColumns();
        foreach (var column in schema)
        {
            if (column.IsHidden)
                continue;
            if (string.IsNullOrWhiteSpace(column.Name))
                found.AddUnread(column.Name, "has no name");
            else if (CellTypes.Kind(column.Type, EveryDigit(layout, column.Name)) is { } kind)
                found.Add(new TableField(column.Name, kind, origin: $"IDataView: {column.Type}"), column.Index);
            else
                found.AddUnread(column.Name, $"holds cells of the type {column.Type}");
        }

        (Table, int[] sources) = found.Select(layout);
        Unread = found.Unread;
        _sources = Array.ConvertAll(sources, source => schema[source]);
        _everyDigit = [.. Table.Fields.Select(field => EveryDigit(layout, field.Name))];
    }

    /// <summary>The columns of the tables.</summary>
    public TableSchema Table { get; }

    public IReadOnlyDictionary<string, string> Unread { get; }

    /// <summary>Where the columns are in the data view.</summary>
    public IReadOnlyList<DataViewSchema.Column> Sources => _sources;

    /// <summary>Readers of the cells of a row or cursor in which <see cref="Sources"/> are active.</summary>
    public CellReader[] Open(DataViewRow row) => [.. _sources.Select((source, i) => CellReaders.Of(row, source, _everyDigit[i]))];

    /// <summary>The rows that readers have collected.</summary>
    public FeatureTable Take(CellReader[] readers, long firstRow) =>
        new(readers.Select((reader, i) => CellConversion.To(reader.Take(firstRow), Table.Fields[i].Kind, firstRow)), Table);

    /// <summary>Whether numbers that a double rounds are wanted as text: in ids every digit counts.</summary>
    private static bool EveryDigit(TableLayout layout, string name) =>
        layout.Kinds.TryGetValue(name, out var kind) ? kind == ColumnKind.Category : layout.IdColumns.Contains(name);
}
