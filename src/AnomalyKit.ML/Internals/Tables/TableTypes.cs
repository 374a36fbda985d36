using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tables;

/// <summary>What the columns of tables are in ML.NET.</summary>
internal static class TableTypes
{
    /// <summary>The columns of a table, all cells of which are known.</summary>
    public static DataViewSchema Of(FeatureTable table) => Schema(table.Columns.Select(column => (column.Name, column switch
    {
        SingleColumn => NumberDataViewType.Single,
        Int64Column when column.MissingCount == 0 => NumberDataViewType.Int64,
        NumberColumn => NumberDataViewType.Double,
        BooleanColumn when column.MissingCount > 0 => NumberDataViewType.Single,
        _ => Plain(column.Kind),
    })));

    /// <summary>The columns of a source, of which only the first rows are looked at.</summary>
    public static DataViewSchema Of(TableReader reader)
    {
        var first = reader.ReadBatch(1);
        return Schema(reader.Schema.Fields.Select((field, i) => (field.Name, first?.Columns[i] switch
        {
            SingleColumn => NumberDataViewType.Single,
            Int64Column when field.Role == ColumnRole.Id => NumberDataViewType.Int64,
            _ => Plain(field.Kind),
        })));
    }

    private static PrimitiveDataViewType Plain(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => NumberDataViewType.Double,
        ColumnKind.Boolean => BooleanDataViewType.Instance,
        ColumnKind.DateTime => DateTimeDataViewType.Instance,
        _ => TextDataViewType.Instance,
    };

    private static DataViewSchema Schema(IEnumerable<(string Name, PrimitiveDataViewType Type)> columns)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var (name, type) in columns)
            schema.AddColumn(name, type);
        return schema.ToSchema();
    }
}
