using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tables;

/// <summary>Goes through the rows of tables.</summary>
internal sealed class TableCursor(DataViewSchema schema, bool[] wanted, TableBatches batches) : DataViewRowCursor
{
    private FeatureTable? _table;
    private int _row = -1;
    private long _position = -1;
    private bool _ended;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (_ended)
            return false;
        if (_table is null || ++_row >= _table.RowCount)
        {
            _table = batches.Next();
            _row = 0;
        }

        _ended = _table is null;
        _position = _ended ? -1 : _position + 1;
        return !_ended;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < wanted.Length && wanted[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this cursor. Ask for it when the cursor is made.");
        return Getter(column.Index, schema[column.Index].Type) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, of the type {column.Type.RawType}, not {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        if (disposing)
            batches.Dispose();
        base.Dispose(disposing);
    }

    private Delegate Getter(int index, DataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.Single => (ValueGetter<float>)((ref float value) => value = Single(Column(index))),
        TypeCode.Double => (ValueGetter<double>)((ref double value) => value = ((NumberColumn)Column(index)).Value(_row)),
        TypeCode.Int64 => (ValueGetter<long>)((ref long value) => value = Known((Int64Column)Column(index)).Cells.Span[_row]),
        TypeCode.Boolean => (ValueGetter<bool>)((ref bool value) => value = Known((BooleanColumn)Column(index)).Cells.Span[_row] > 0),
        TypeCode.DateTime => (ValueGetter<DateTime>)((ref DateTime value) => value = ((DateTimeColumn)Column(index)).Value(_row) ?? default),
        _ => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Column(index).Text(_row).AsMemory()),
    };

    private TableColumn Column(int index) => _table?.Columns[index] ?? throw new InvalidOperationException("The cursor is at no row. Call MoveNext first, and stop where it gives false.");

    private float Single(TableColumn column) => column switch
    {
        SingleColumn numbers => numbers.Cells.Span[_row],
        BooleanColumn booleans => booleans.Value(_row) is { } value ? (value ? 1 : 0) : float.NaN,
        _ => (float)((NumberColumn)column).Value(_row),
    };

    private T Known<T>(T column)
        where T : TableColumn
    {
        if (column.IsMissing(_row))
        {
            throw new TableDataException(
                $"Row {_position}, column '{column.Name}': the cell is missing, which {schema[column.Name].Type} cannot say. Read the column as a number that is not an id, or load the whole table (LoadFromTable).",
                _position,
                column.Name);
        }

        return column;
    }
}
