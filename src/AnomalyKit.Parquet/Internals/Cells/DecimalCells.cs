using System.Numerics;
using AnomalyKit.Tables;
using ParquetSharp;

namespace AnomalyKit.Parquet.Cells;

/// <summary>Decimals: whole numbers where there is nothing behind the point and 64 bits hold them, doubles otherwise, or every digit as text.</summary>
internal static class DecimalCells
{
    /// <summary>The most digits that 64 bits always hold.</summary>
    private const int MaxWholeDigits = 18;

    public static ColumnCells? For(PhysicalType type, int length, int precision, int scale, bool everyDigit) => type switch
    {
        PhysicalType.Int32 => Of<int>(value => value, precision, scale, everyDigit),
        PhysicalType.Int64 => Of<long>(value => value, precision, scale, everyDigit),
        PhysicalType.ByteArray => Of<ByteArray>(value => BytesOf.Unscaled(BytesOf.Cell(value)), precision, scale, everyDigit),
        PhysicalType.FixedLenByteArray => Of<FixedLenByteArray>(value => BytesOf.Unscaled(BytesOf.Cell(value, length)), precision, scale, everyDigit),
        _ => null,
    };

    private static ColumnCells Of<T>(Func<T, BigInteger> unscaled, int precision, int scale, bool everyDigit)
        where T : unmanaged, IEquatable<T>
    {
        if (everyDigit)
            return new TextCells<T>((words, cell) => words.Number(ScaledNumber.ToText(unscaled(cell), scale)));
        if (scale == 0 && precision <= MaxWholeDigits)
            return new MappedCells<T, long>(CellShape.Int64, 0, (cell, _, _) => (long)unscaled(cell), (name, cells, missing) => new Int64Column(name, cells, missing));
        return new MappedCells<T, double>(
            CellShape.Double, double.NaN, (cell, _, _) => ScaledNumber.ToDouble(unscaled(cell), scale), (name, cells, _) => new DoubleColumn(name, cells));
    }
}
