using Apache.Arrow.Types;

namespace AnomalyKit.Arrow.Cells;

/// <summary>Chooses how the cells of a type are read.</summary>
internal static class CellChoice
{
    /// <summary>What cells of a type are; <see langword="null"/> where they are not read.</summary>
    public static ColumnKind? Kind(IArrowType type, bool everyDigit) => type.TypeId switch
    {
        ArrowTypeId.Boolean => ColumnKind.Boolean,
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => ColumnKind.Category,
        ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Timestamp => ColumnKind.DateTime,
        ArrowTypeId.UInt64 or ArrowTypeId.Decimal32 or ArrowTypeId.Decimal64 or ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256 =>
            everyDigit ? ColumnKind.Category : ColumnKind.Number,
        ArrowTypeId.Int8 or ArrowTypeId.UInt8 or ArrowTypeId.Int16 or ArrowTypeId.UInt16 or ArrowTypeId.Int32 or ArrowTypeId.UInt32 or ArrowTypeId.Int64
            or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Time32 or ArrowTypeId.Time64 or ArrowTypeId.Duration => ColumnKind.Number,
        ArrowTypeId.Null => ColumnKind.Category,
        ArrowTypeId.Dictionary when ((DictionaryType)type).ValueType.TypeId != ArrowTypeId.Dictionary => Kind(((DictionaryType)type).ValueType, everyDigit),
        _ => null,
    };

    /// <summary>Reads cells of a type that is not a dictionary.</summary>
    public static TableColumn Read(CellRun run, IArrowType type) => type switch
    {
        NullType => new CategoryColumn(run.Name, AllMissing(run.Count), []),
        BooleanType => NumberCells.Booleans(run),
        Int8Type => NumberCells.Wholes<sbyte>(run),
        UInt8Type => NumberCells.Wholes<byte>(run),
        Int16Type => NumberCells.Wholes<short>(run),
        UInt16Type => NumberCells.Wholes<ushort>(run),
        Int32Type => NumberCells.Wholes<int>(run),
        UInt32Type => NumberCells.Wholes<uint>(run),
        Int64Type => NumberCells.Longs(run),
        UInt64Type => NumberCells.Unsigned(run),
        HalfFloatType => NumberCells.Halves(run),
        FloatType => NumberCells.Singles(run),
        DoubleType => NumberCells.Doubles(run),
        Decimal32Type number => NumberCells.Decimals(run, 4, number.Precision, number.Scale),
        Decimal64Type number => NumberCells.Decimals(run, 8, number.Precision, number.Scale),
        Decimal128Type number => NumberCells.Decimals(run, 16, number.Precision, number.Scale),
        Decimal256Type number => NumberCells.Decimals(run, 32, number.Precision, number.Scale),
        StringType => TextCells.Strings(run),
        LargeStringType => TextCells.LargeStrings(run),
        StringViewType => TextCells.Views(run),
        Date32Type => TimeCells.Days(run),
        Date64Type => TimeCells.Milliseconds(run),
        TimestampType time => TimeCells.Timestamps(run, time),
        Time32Type time => TimeCells.Seconds<int>(run, time.Unit),
        Time64Type time => TimeCells.Seconds<long>(run, time.Unit),
        DurationType time => TimeCells.Seconds<long>(run, time.Unit),
        _ => throw new InvalidDataException($"cells of the type {type.Name}"),
    };

    private static int[] AllMissing(int count)
    {
        var codes = new int[count];
        Array.Fill(codes, CategoryColumn.MissingCell);
        return codes;
    }
}
