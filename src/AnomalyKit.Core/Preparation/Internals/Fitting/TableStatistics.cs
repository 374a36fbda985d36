using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>What a fit must know of all rows of a table besides those that it looks at.</summary>
internal sealed class TableStatistics
{
    private readonly ColumnStatistics[] _columns;

    /// <param name="schema">The columns; all are features.</param>
    public TableStatistics(TableSchema schema)
    {
        Schema = schema;
        _columns = [.. schema.Fields.Select(ColumnStatistics.Of)];
    }

    public TableSchema Schema { get; }

    public ColumnStatistics this[string columnName] => _columns[Schema.IndexOf(columnName)];

    /// <summary>Counts a batch of rows.</summary>
    public void Add(FeatureTable batch, long firstRow)
    {
        for (int i = 0; i < _columns.Length; i++)
            _columns[i].Add(batch.Columns[i], firstRow);
    }

    /// <summary>Adds what was found in later rows.</summary>
    public void Append(TableStatistics later)
    {
        for (int i = 0; i < _columns.Length; i++)
            _columns[i].Append(later._columns[i]);
    }

    /// <summary>The rows that stand for all, in no order.</summary>
    public HashSet<long> Witnesses() => [.. _columns.SelectMany(column => column.Witnesses()).Where(row => !row.IsNone).Select(row => row.Value)];

    public void WriteTo(ModelWriter writer)
    {
        for (int i = 0; i < _columns.Length; i++)
            _columns[i].WriteTo(writer.Scope($"{i}"));
    }

    /// <param name="reader">The part of a file.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="rowCount">The rows that were counted.</param>
    public static TableStatistics Read(ModelReader reader, TableSchema schema, long rowCount)
    {
        var statistics = new TableStatistics(schema);
        for (int i = 0; i < statistics._columns.Length; i++)
        {
            var column = statistics._columns[i];
            column.Read(reader.Scope($"{i}"));
            if (column.Count != rowCount)
                throw ModelReader.FormatError($"column '{column.Name}' was counted in {column.Count} rows of {rowCount}");
        }

        return statistics;
    }
}
