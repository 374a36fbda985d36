using ParquetSharp;
using ParquetSharp.Schema;

namespace AnomalyKit.Parquet.Writing;

/// <summary>Packs the cells that are there, and writes them with the levels that say which rows have one.</summary>
/// <typeparam name="T">The physical type.</typeparam>
/// <param name="name">The column's name.</param>
/// <param name="type">The logical type; the sink owns it.</param>
/// <param name="physical">The physical type.</param>
/// <param name="pack">Packs the cells of a column, fills the levels and gives the number packed.</param>
internal sealed class PackedSink<T>(string name, LogicalType type, PhysicalType physical, Func<TableColumn, T[], short[], int> pack) : ColumnSink
    where T : unmanaged
{
    private T[] _packed = [];
    private short[] _levels = [];

    public override Node Node()
    {
        using (type)
            return new PrimitiveNode(name, Repetition.Optional, type, physical);
    }

    public override void Write(ColumnWriter writer, TableColumn column)
    {
        int rows = column.RowCount;
        if (_levels.Length < rows)
            (_packed, _levels) = (new T[rows], new short[rows]);
        int count = pack(column, _packed, _levels);
        ((ColumnWriter<T>)writer).WriteBatch(rows, _levels.AsSpan(0, rows), default, _packed.AsSpan(0, count));
    }
}
