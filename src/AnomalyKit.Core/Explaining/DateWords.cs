using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>The parts of a date that a detector looks at, in words.</summary>
internal static class DateWords
{
    /// <summary>Whether only parts that come round again are looked at, so that it does not matter how late a date is.</summary>
    public static bool IsPeriodic(DateParts parts) => parts != DateParts.None && !parts.HasFlag(DateParts.Elapsed);

    /// <param name="ticks">The date.</param>
    /// <param name="parts">Parts that come round again.</param>
    /// <param name="isUtc">Whether it is a point in time.</param>
    /// <returns>For example <c>a Wednesday, 12:35</c>, or <c>26 August</c>.</returns>
    public static string Of(long ticks, DateParts parts, bool isUtc)
    {
        var date = new DateTime(ticks);
        var words = new List<string>();
        if (parts.HasFlag(DateParts.Weekday))
            words.Add($"a {date.ToString("dddd", CultureInfo.InvariantCulture)}");
        if (parts.HasFlag(DateParts.Month))
            words.Add(date.ToString("d MMMM", CultureInfo.InvariantCulture));
        // The weekday is looked at with the time of day as its fraction.
        if ((parts & (DateParts.Hour | DateParts.Weekday)) != 0)
            words.Add(date.ToString(isUtc ? "HH:mm 'UTC'" : "HH:mm", CultureInfo.InvariantCulture));
        return string.Join(", ", words);
    }
}
