using AnomalyKit.Arrow.Cells;
using AnomalyKit.Tables;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace AnomalyKit.Arrow.Reading;

/// <summary>The columns wanted of batches of one schema.</summary>
internal sealed class BatchColumns
{
    private readonly Schema _arrow;
    private readonly int[] _sources;
    private readonly bool[] _everyDigit;
    private readonly DictionaryCells[] _dictionaries;

    public BatchColumns(Schema schema, TableLayout layout)
    {
        _arrow = schema;
        var found = new FoundColumns();
        for (int i = 0; i < schema.FieldsList.Count; i++)
        {
            var field = schema.FieldsList[i];
            if (CellChoice.Kind(field.DataType, EveryDigit(layout, field.Name)) is not { } kind)
                found.AddUnread(field.Name, $"holds cells of the type {field.DataType.Name}");
            else if (string.IsNullOrWhiteSpace(field.Name))
                found.AddUnread(field.Name, "has no name");
            else
                found.Add(new TableField(field.Name, kind, origin: $"Arrow: {field.DataType.Name}"), i);
        }

        (Table, _sources) = found.Select(layout);
        Unread = found.Unread;
        _everyDigit = [.. Table.Fields.Select(field => EveryDigit(layout, field.Name))];
        _dictionaries = [.. Table.Fields.Select(_ => new DictionaryCells())];
    }

    /// <summary>The columns of the tables.</summary>
    public TableSchema Table { get; }

    public IReadOnlyDictionary<string, string> Unread { get; }

    /// <summary>Refuses a batch whose arrays are not what the schema says.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public void Check(RecordBatch batch)
    {
        if (batch.ColumnCount != _arrow.FieldsList.Count)
            throw new InvalidDataException($"a batch of {batch.ColumnCount} columns; the schema has {_arrow.FieldsList.Count}");
        foreach (int source in _sources)
        {
            var array = batch.Column(source);
            if (array.Length != batch.Length)
                throw new InvalidDataException($"column '{_arrow.FieldsList[source].Name}' has {array.Length} cells in a batch of {batch.Length} rows");
            if (array.Data.DataType.TypeId != _arrow.FieldsList[source].DataType.TypeId)
                throw new InvalidDataException($"column '{_arrow.FieldsList[source].Name}' holds {array.Data.DataType.Name} in a batch and {_arrow.FieldsList[source].DataType.Name} in the schema");
        }
    }

    /// <summary>Rows of a batch as a table.</summary>
    public FeatureTable Read(RecordBatch batch, int start, int count, long firstRow)
    {
        var columns = new TableColumn[_sources.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            var data = batch.Column(_sources[i]).Data;
            var run = new CellRun(data, Table.Fields[i].Name, start, count, firstRow, _everyDigit[i], batch);
            var column = data.DataType is DictionaryType dictionary ? _dictionaries[i].Read(run, dictionary) : CellChoice.Read(run, data.DataType);
            columns[i] = CellConversion.To(column, Table.Fields[i].Kind, firstRow);
        }

        return new FeatureTable(columns, Table);
    }

    /// <summary>Whether numbers that a double rounds are wanted as text: in ids every digit counts.</summary>
    private static bool EveryDigit(TableLayout layout, string name) =>
        layout.Kinds.TryGetValue(name, out var kind) ? kind == ColumnKind.Category : layout.IdColumns.Contains(name);
}
