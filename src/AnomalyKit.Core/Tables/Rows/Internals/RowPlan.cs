using System.Collections.Frozen;

namespace AnomalyKit.Rows;

/// <summary>The columns of rows that name their cells.</summary>
internal sealed class RowPlan(TableSchema schema)
{
    public TableSchema Schema { get; } = schema;

    /// <summary>Where the columns are, by name.</summary>
    public FrozenDictionary<string, int> Indexes { get; } =
        schema.Fields.Select((field, i) => (field.Name, i)).ToFrozenDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);

    /// <summary>Whether a row may do without a column: nobody knows the label of a new row, and its weight matters to no score.</summary>
    public bool IsDispensable(int column) => Schema.Fields[column].Role is ColumnRole.Label or ColumnRole.Weight;
}
