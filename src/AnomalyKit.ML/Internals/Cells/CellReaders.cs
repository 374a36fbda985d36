using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Cells;

/// <summary>Chooses how the cells of a column are collected.</summary>
internal static class CellReaders
{
    /// <param name="row">A row or cursor in which the column is active.</param>
    /// <param name="column">A column of a type that <see cref="CellTypes.Kind"/> knows.</param>
    /// <param name="everyDigit">Whether numbers that a double rounds become text.</param>
    public static CellReader Of(DataViewRow row, DataViewSchema.Column column, bool everyDigit)
    {
        string name = column.Name;
        if (column.Type is KeyDataViewType)
            return KeyCells.Of(row, column);
        var type = column.Type.RawType;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Single => Reader<float>((cells, _) => new SingleColumn(name, cells)),
            TypeCode.Double => Reader<double>((cells, _) => new DoubleColumn(name, cells)),
            TypeCode.Int64 => Reader<long>((cells, _) => new Int64Column(name, cells)),
            TypeCode.Int32 => Wholes<int>(),
            TypeCode.Int16 => Wholes<short>(),
            TypeCode.SByte => Wholes<sbyte>(),
            TypeCode.UInt32 => Wholes<uint>(),
            TypeCode.UInt16 => Wholes<ushort>(),
            TypeCode.Byte => Wholes<byte>(),
            TypeCode.UInt64 when everyDigit => Reader<ulong>((cells, _) => CategoryColumn.FromWords(name, Each(cells, cell => cell.ToString(CultureInfo.InvariantCulture)))),
            TypeCode.UInt64 => Reader<ulong>((cells, _) => new DoubleColumn(name, Each(cells, cell => (double)cell))),
            TypeCode.Boolean => Reader<bool>((cells, _) => new BooleanColumn(name, Each(cells, cell => cell ? (sbyte)1 : (sbyte)0))),
            TypeCode.DateTime => Reader<DateTime>((cells, firstRow) => TimeCells.Of(name, cells.Span, firstRow)),
            _ when type == typeof(DateTimeOffset) => Reader<DateTimeOffset>((cells, _) => TimeCells.Of(name, cells.Span)),
            _ when type == typeof(TimeSpan) => Reader<TimeSpan>((cells, _) => new DoubleColumn(name, Each(cells, cell => cell.TotalSeconds))),
            _ => Reader<ReadOnlyMemory<char>>((cells, _) => WordCells.Of(name, cells.Span)),
        };

        CellReader<T> Reader<T>(Func<ReadOnlyMemory<T>, long, TableColumn> make) => new(row.GetGetter<T>(column), make);

        CellReader<T> Wholes<T>()
            where T : IBinaryInteger<T> => Reader<T>((cells, _) => new Int64Column(name, Each(cells, long.CreateTruncating)));
    }

    internal static TCell[] Each<T, TCell>(ReadOnlyMemory<T> cells, Func<T, TCell> convert)
    {
        var converted = new TCell[cells.Length];
        var source = cells.Span;
        for (int i = 0; i < converted.Length; i++)
            converted[i] = convert(source[i]);
        return converted;
    }
}
