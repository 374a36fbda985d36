using System.Globalization;
using ParquetSharp;

namespace AnomalyKit.Parquet.Cells;

/// <summary>Chooses how the cells of a column are read.</summary>
internal static class CellChoice
{
    /// <summary>How to read a column, or why not.</summary>
    /// <param name="column">The column.</param>
    /// <param name="everyDigit">Whether numbers that a double rounds are wanted as text.</param>
    /// <param name="reason">What the column holds, where it cannot be read.</param>
    public static ColumnCells? For(ColumnDescriptor column, bool everyDigit, out string reason)
    {
        reason = string.Empty;
        // A required group around an optional cell has the levels of a plain column, and a path of two names.
        if (column.MaxRepetitionLevel > 0 || column.MaxDefinitionLevel > 1 || PathLength(column) > 1)
        {
            reason = "is nested (a list, map or structure)";
            return null;
        }

        using var type = column.LogicalType;
        var cells = type switch
        {
            DecimalLogicalType number => DecimalCells.For(column.PhysicalType, column.TypeLength, number.Precision, number.Scale, everyDigit),
            TimestampLogicalType time when column.PhysicalType == PhysicalType.Int64 => TimeCells.Timestamps(time.TimeUnit, time.IsAdjustedToUtc),
            DateLogicalType when column.PhysicalType == PhysicalType.Int32 => TimeCells.Dates(),
            TimeLogicalType time when column.PhysicalType is PhysicalType.Int32 or PhysicalType.Int64 => TimeCells.SecondsOfDay(column.PhysicalType, time.TimeUnit),
            IntLogicalType number => Integers(column.PhysicalType, number.BitWidth, number.IsSigned, everyDigit),
            StringLogicalType or EnumLogicalType or JsonLogicalType when column.PhysicalType == PhysicalType.ByteArray => Text(),
            UuidLogicalType when column.TypeLength == 16 => new TextCells<FixedLenByteArray>(
                (words, cell) => words.Number(new Guid(BytesOf.Cell(cell, 16), bigEndian: true).ToString())),
            Float16LogicalType when column.TypeLength == 2 => new MappedCells<FixedLenByteArray, float>(
                CellShape.Single, float.NaN, (cell, _, _) => (float)BitConverter.ToHalf(BytesOf.Cell(cell, 2)), (name, numbers, _) => new SingleColumn(name, numbers)),
            NoneLogicalType or NullLogicalType => Plain(column.PhysicalType),
            _ => null,
        };
        if (cells is null)
            reason = $"holds {column.PhysicalType} cells of the type {type}";
        return cells;
    }

    private static int PathLength(ColumnDescriptor column)
    {
        using var path = column.Path;
        return path.ToDotVector().Length;
    }

    private static ColumnCells? Plain(PhysicalType type) => type switch
    {
        PhysicalType.Float => new FloatCells<float>(CellShape.Single, float.NaN, (name, cells) => new SingleColumn(name, cells)),
        PhysicalType.Double => new FloatCells<double>(CellShape.Double, double.NaN, (name, cells) => new DoubleColumn(name, cells)),
        PhysicalType.Int64 => new LongCells(),
        PhysicalType.Int32 => Whole(value => value),
        PhysicalType.Boolean => new MappedCells<bool, sbyte>(
            CellShape.Boolean, BooleanColumn.MissingCell, (cell, _, _) => cell ? (sbyte)1 : (sbyte)0, (name, cells, _) => new BooleanColumn(name, cells)),
        PhysicalType.Int96 => TimeCells.Int96(),
        PhysicalType.ByteArray => Text(),
        _ => null,
    };

    private static ColumnCells? Integers(PhysicalType type, int bits, bool isSigned, bool everyDigit) => (type, bits, isSigned) switch
    {
        (PhysicalType.Int64, _, true) => new LongCells(),
        (PhysicalType.Int64, _, false) when everyDigit => new TextCells<long>((words, cell) => words.Number(((ulong)cell).ToString(CultureInfo.InvariantCulture))),
        (PhysicalType.Int64, _, false) => new MappedCells<long, double>(
            CellShape.Double, double.NaN, (cell, _, _) => (ulong)cell, (name, cells, _) => new DoubleColumn(name, cells)),
        // Writers fill the upper bits of narrow numbers as they like.
        (PhysicalType.Int32, 8, true) => Whole(value => (sbyte)value),
        (PhysicalType.Int32, 16, true) => Whole(value => (short)value),
        (PhysicalType.Int32, _, true) => Whole(value => value),
        (PhysicalType.Int32, 8, false) => Whole(value => (byte)value),
        (PhysicalType.Int32, 16, false) => Whole(value => (ushort)value),
        (PhysicalType.Int32, _, false) => Whole(value => (uint)value),
        _ => null,
    };

    private static MappedCells<int, long> Whole(Func<int, long> widen) => new(
        CellShape.Int64, 0, (cell, _, _) => widen(cell), (name, cells, missing) => new Int64Column(name, cells, missing));

    private static TextCells<ByteArray> Text() => new((words, cell) => words.Number(BytesOf.Cell(cell)));
}
