using System.Numerics;
using AnomalyKit.Tables;
using Apache.Arrow.Types;

namespace AnomalyKit.Arrow.Cells;

/// <summary>Dates, times and spans of time.</summary>
internal static class TimeCells
{
    public static DateTimeColumn Days(CellRun run) => Ticks<int>(run, EpochTicks.FromDays, isUtc: false, "days since 1970");

    public static DateTimeColumn Milliseconds(CellRun run) => Ticks<long>(run, value => EpochTicks.From(value, EpochTicks.MillisecondsUnit), isUtc: false, "ms since 1970");

    /// <summary>A time stamp with a zone is a point in time, kept in UTC in any zone.</summary>
    public static DateTimeColumn Timestamps(CellRun run, TimestampType type)
    {
        long perSecond = PerSecond(type.Unit);
        return Ticks<long>(run, value => EpochTicks.From(value, perSecond), !string.IsNullOrEmpty(type.Timezone), $"{type.Unit.ToString().ToLowerInvariant()}s since 1970");
    }

    /// <summary>Times of day, since midnight, and durations, as seconds.</summary>
    public static DoubleColumn Seconds<T>(CellRun run, TimeUnit unit)
        where T : unmanaged, IBinaryInteger<T>
    {
        double perSecond = PerSecond(unit);
        return NumberCells.Doubles<T>(run, value => long.CreateTruncating(value) / perSecond);
    }

    private static DateTimeColumn Ticks<T>(CellRun run, Func<long, long> toTicks, bool isUtc, string unit)
        where T : unmanaged, IBinaryInteger<T>
    {
        var validity = run.Validity();
        var values = run.Values<T>();
        var ticks = new long[run.Count];
        for (int row = 0; row < ticks.Length; row++)
        {
            ticks[row] = validity[row] ? toTicks(long.CreateTruncating(values[row])) : DateTimeColumn.MissingCell;
            if (ticks[row] == EpochTicks.Outside)
                throw CellErrors.NoTime(run.FirstRow + row, run.Name, $"{values[row]} {unit}");
        }

        return new DateTimeColumn(run.Name, ticks, isUtc);
    }

    private static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => EpochTicks.SecondsUnit,
        TimeUnit.Millisecond => EpochTicks.MillisecondsUnit,
        TimeUnit.Microsecond => EpochTicks.MicrosecondsUnit,
        TimeUnit.Nanosecond => EpochTicks.NanosecondsUnit,
        _ => throw new InvalidDataException($"the time unit {unit}, which there is not"),
    };
}
