namespace AnomalyKit;

/// <summary>What of a date and time becomes cells of a matrix. Parts that come round again (hour, weekday, month) are two cells each, sine and cosine of the angle, so that 23:59 lies beside 0:00.</summary>
/// <remarks>A column of points in time is taken apart in UTC, others as they are written.</remarks>
[Flags]
public enum DateParts
{
    /// <summary>Nothing: the column is left out.</summary>
    None = 0,

    /// <summary>Days since the earliest time among the rows of the fit. Later rows always lie beyond what the detector has seen: choose it where that should count.</summary>
    Elapsed = 1,

    /// <summary>The time of day, to the tick.</summary>
    Hour = 2,

    /// <summary>The day of the week, Monday first, with the time of day as its fraction.</summary>
    Weekday = 4,

    /// <summary>The month, January first, with the day and the time as its fraction.</summary>
    Month = 8,

    /// <summary>
    /// <see cref="Hour"/> where any row of the fit has a time of day, and <see cref="Weekday"/> where the rows of the fit lie in 14 days of the calendar or more: in fewer, some weekday comes once or
    /// never, and later rows of it would look strange, as would a time of day among dates without one. Where neither is so, the column is left out.
    /// </summary>
    Automatic = 16,
}
