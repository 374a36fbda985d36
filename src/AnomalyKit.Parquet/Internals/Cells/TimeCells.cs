using AnomalyKit.Tables;
using ParquetSharp;

namespace AnomalyKit.Parquet.Cells;

/// <summary>Dates and times of every encoding.</summary>
internal static class TimeCells
{
    private const int JulianDayOfEpoch = 2_440_588;

    /// <summary>Days since 1970: no time of day, so no zone.</summary>
    public static ColumnCells Dates() => new MappedCells<int, long>(
        CellShape.WallClock,
        DateTimeColumn.MissingCell,
        (days, row, name) => Checked(EpochTicks.FromDays(days), row, name, $"{days} days since 1970"),
        (name, ticks, _) => new DateTimeColumn(name, ticks, isUtc: false));

    public static ColumnCells Timestamps(TimeUnit unit, bool isUtc)
    {
        long perSecond = PerSecond(unit);
        return new MappedCells<long, long>(
            isUtc ? CellShape.Utc : CellShape.WallClock,
            DateTimeColumn.MissingCell,
            (value, row, name) => Checked(EpochTicks.From(value, perSecond), row, name, $"{value} {unit.ToString().ToLowerInvariant()} since 1970"),
            (name, ticks, _) => new DateTimeColumn(name, ticks, isUtc));
    }

    /// <summary>Twelve bytes: nanoseconds of the day, and the Julian day. Nothing says which zone they are in.</summary>
    public static ColumnCells Int96() => new MappedCells<Int96, long>(
        CellShape.WallClock,
        DateTimeColumn.MissingCell,
        (value, row, name) =>
        {
            long nanoseconds = (long)(uint)value.A | ((long)value.B << 32);
            long days = EpochTicks.FromDays((long)value.C - JulianDayOfEpoch);
            // Hours may pass midnight; what does not fit a day or two is damage.
            bool fits = nanoseconds is > -200_000_000_000_000 and < 200_000_000_000_000 && days != EpochTicks.Outside;
            long ticks = fits ? days + (nanoseconds / 100) : EpochTicks.Outside;
            return Checked(ticks > DateTime.MaxValue.Ticks ? EpochTicks.Outside : ticks, row, name, $"day {value.C}, {nanoseconds} ns");
        },
        (name, ticks, _) => new DateTimeColumn(name, ticks, isUtc: false));

    /// <summary>Times of day as seconds since midnight.</summary>
    public static ColumnCells SecondsOfDay(PhysicalType type, TimeUnit unit)
    {
        double perSecond = PerSecond(unit);
        return type == PhysicalType.Int32
            ? new MappedCells<int, double>(CellShape.Double, double.NaN, (value, _, _) => value / perSecond, (name, cells, _) => new DoubleColumn(name, cells))
            : new MappedCells<long, double>(CellShape.Double, double.NaN, (value, _, _) => value / perSecond, (name, cells, _) => new DoubleColumn(name, cells));
    }

    private static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Millis => EpochTicks.MillisecondsUnit,
        TimeUnit.Micros => EpochTicks.MicrosecondsUnit,
        TimeUnit.Nanos => EpochTicks.NanosecondsUnit,
        _ => throw new InvalidDataException($"the time unit {unit}, which there is not"),
    };

    private static long Checked(long ticks, long row, string name, string value) => ticks >= 0 ? ticks : throw CellErrors.NoTime(row, name, value);
}
