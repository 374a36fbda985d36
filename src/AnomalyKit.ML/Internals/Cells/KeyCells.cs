using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Cells;

/// <summary>Keys: numbers of values that the column is annotated with, from 1; 0 is a missing cell. A key without values is its own word.</summary>
internal static class KeyCells
{
    private const string ValuesKind = "KeyValues";

    public static CellReader Of(DataViewRow row, DataViewSchema.Column column) => Type.GetTypeCode(column.Type.RawType) switch
    {
        TypeCode.Byte => Reader<byte>(row, column),
        TypeCode.UInt16 => Reader<ushort>(row, column),
        TypeCode.UInt32 => Reader<uint>(row, column),
        _ => Reader<ulong>(row, column),
    };

    /// <summary>Whether the values that keys stand for are text.</summary>
    public static bool HasWords(DataViewSchema.Column column) => ValuesType(column) is VectorDataViewType { ItemType: TextDataViewType };

    /// <summary>Whether keys have no values.</summary>
    public static bool HasNoValues(DataViewSchema.Column column) => ValuesType(column) is null;

    private static DataViewType? ValuesType(DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull(ValuesKind)?.Type;

    private static CellReader<T> Reader<T>(DataViewRow row, DataViewSchema.Column column)
        where T : unmanaged, IBinaryInteger<T>
    {
        string name = column.Name;
        if (HasNoValues(column))
            return new CellReader<T>(row.GetGetter<T>(column), (cells, _) => CategoryColumn.FromWords(name, CellReaders.Each(cells, cell => T.IsZero(cell) ? null : cell.ToString(null, CultureInfo.InvariantCulture))));
        if (!HasWords(column))
            throw new TableDataException($"Column '{name}' holds keys of {ValuesType(column)}; only keys of text are read. Use the column that they were made of, or convert it to text first.", columnName: name);
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        column.Annotations.GetValue(ValuesKind, ref values);
        var words = Array.ConvertAll(values.DenseValues().ToArray(), word => word.ToString());
        return new CellReader<T>(row.GetGetter<T>(column), (cells, _) => new CategoryColumn(name, CellReaders.Each(cells, cell => Code(cell, words)), words));
    }

    // The empty word is missing, as it is in columns of text.
    private static int Code<T>(T key, string[] words)
        where T : unmanaged, IBinaryInteger<T>
    {
        int code = int.CreateSaturating(key) - 1;
        return code < 0 || code >= words.Length || words[code].Length == 0 ? CategoryColumn.MissingCell : code;
    }
}
