namespace AnomalyKit.ML.Cells;

/// <summary>Dates and times. ML.NET has no missing ones: its loaders give the first instant of the year 1, and that is a missing cell here.</summary>
internal static class TimeCells
{
    /// <summary>Points in time if their kind is <see cref="DateTimeKind.Utc"/>, else times as they are written.</summary>
    public static DateTimeColumn Of(string name, ReadOnlySpan<DateTime> times, long firstRow)
    {
        bool? isUtc = null;
        var ticks = new long[times.Length];
        for (int row = 0; row < ticks.Length; row++)
        {
            ticks[row] = times[row] == default ? DateTimeColumn.MissingCell : times[row].Ticks;
            if (times[row] == default)
                continue;
            bool isUtcHere = times[row].Kind == DateTimeKind.Utc;
            if ((isUtc ??= isUtcHere) != isUtcHere)
            {
                throw new TableDataException(
                    $"Row {firstRow + row}, column '{name}': the time {times[row]:O} is {(isUtcHere ? "in UTC, and those above are not" : "not in UTC, and those above are")}. Give all of them one DateTimeKind.",
                    firstRow + row,
                    name);
            }
        }

        return new DateTimeColumn(name, ticks, isUtc ?? false);
    }

    /// <summary>Points in time.</summary>
    public static DateTimeColumn Of(string name, ReadOnlySpan<DateTimeOffset> instants)
    {
        var ticks = new long[instants.Length];
        for (int row = 0; row < ticks.Length; row++)
            ticks[row] = instants[row] == default ? DateTimeColumn.MissingCell : instants[row].UtcTicks;
        return new DateTimeColumn(name, ticks, isUtc: true);
    }
}
