using Microsoft.ML;

namespace AnomalyKit.ML.Tables;

/// <summary>Tables as data of ML.NET.</summary>
/// <param name="schema">The columns, in the order of the tables.</param>
/// <param name="rowCount">The number of rows, if it is known.</param>
/// <param name="open">Begins with the first table.</param>
internal sealed class TableView(DataViewSchema schema, long? rowCount, Func<TableBatches> open) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var wanted = new bool[schema.Count];
        foreach (var column in columnsNeeded)
            wanted[column.Index] = true;
        return new TableCursor(schema, wanted, open());
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
