using System.Globalization;

namespace AnomalyKit.Explaining;

/// <summary>A date of which a detector looks only at parts that come round again, so that it does not matter how late it is.</summary>
/// <param name="Value">The date.</param>
/// <param name="Parts">The parts.</param>
/// <param name="IsUtc">Whether it is a point in time.</param>
internal sealed record DatePeriod(CellValue Value, DateParts Parts, bool IsUtc)
{
    private const double DaysPerYear = 365.2425;
    private const double DaysNear = 15;
    private const double MinutesNear = 30;
    private const double MinutesPerDay = 24 * 60;

    /// <summary>Whether only parts that come round again are looked at.</summary>
    public static bool IsSeenIn(DateParts parts) => parts != DateParts.None && !parts.HasFlag(DateParts.Elapsed);

    /// <summary>How many training rows share the part that is rarest, and which part that is.</summary>
    /// <param name="profile">The profile of the dates' column.</param>
    /// <param name="areAll">Whether the profile looked at all training rows.</param>
    public PeriodShare Rarest(ColumnProfile profile, bool areAll)
    {
        var sketch = profile.Sketch!;
        DateTime[] kept = [.. sketch.KeptValues.ToArray().Select(ticks => ToMinute((Value with { Number = ticks }).Ticks))];
        long[] counts = sketch.CumulativeCounts.ToArray();
        bool areExact = areAll && kept.Length == sketch.Count;
        var here = ToMinute(Value.Ticks);
        var found = new List<PeriodShare>();
        if (HasTime)
            Add(((2 * MinutesNear) + 1) / MinutesPerDay, $"lie within half an hour of {Time(here)}", there => AreNearInTheDay(there, here));
        if (Parts.HasFlag(DateParts.Weekday))
            Add(1.0 / 7, $"fall on a {here.DayOfWeek}", there => there.DayOfWeek == here.DayOfWeek);
        if (Parts.HasFlag(DateParts.Month))
            Add(((2 * DaysNear) + 1) / DaysPerYear, $"lie within 15 days of {Day(here)}", there => AreNearInTheYear(there, here));
        return found.MinBy(part => part.Share.Estimate / part.Even)!;

        void Add(double even, string near, Func<DateTime, bool> isNear)
        {
            // Each value that is kept was drawn of a run of rows that follow each other in time, and stands for all of them.
            long rows = 0;
            double squares = 0;
            for (int i = 0; i < kept.Length; i++)
            {
                long weight = counts[i] - (i == 0 ? 0 : counts[i - 1]);
                squares += (double)weight * weight;
                rows += isNear(kept[i]) ? weight : 0;
            }

            // As many values of equal weight would tell as much.
            long drawn = Math.Max(1, (long)Math.Round((double)sketch.Count * sketch.Count / squares));
            long count = Math.Clamp((long)Math.Round((double)rows / sketch.Count * drawn), rows == 0 ? 0 : 1, drawn);
            found.Add(new PeriodShare(TrainingShare.Of(count, count, drawn, areExact), even, near));
        }
    }

    /// <summary>The parts in words.</summary>
    /// <returns>For example <c>a Wednesday, 12:35</c>, or <c>26 August</c>.</returns>
    public override string ToString()
    {
        if (Value.IsMissing)
            return Value.ToString();
        var date = new DateTime(Value.Ticks);
        var words = new List<string>();
        if (Parts.HasFlag(DateParts.Weekday))
            words.Add($"a {date.ToString("dddd", CultureInfo.InvariantCulture)}");
        if (Parts.HasFlag(DateParts.Month))
            words.Add(Day(date));
        if (HasTime)
            words.Add(Time(date));
        return string.Join(", ", words);
    }

    // The weekday is looked at with the time of day as its fraction: that of a date without a time is none to speak of.
    private bool HasTime => Parts.HasFlag(DateParts.Hour) || (Parts.HasFlag(DateParts.Weekday) && Value.Ticks % TimeSpan.TicksPerDay != 0);

    private static string Day(DateTime date) => date.ToString("d MMMM", CultureInfo.InvariantCulture);

    private string Time(DateTime date) => date.ToString(IsUtc ? "HH:mm 'UTC'" : "HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The minute, as the words have it.</summary>
    private static DateTime ToMinute(long ticks) => new(ticks - (ticks % TimeSpan.TicksPerMinute));

    private static bool AreNearInTheDay(DateTime one, DateTime other)
    {
        double minutes = Math.Abs((one.TimeOfDay - other.TimeOfDay).TotalMinutes);
        return Math.Min(minutes, MinutesPerDay - minutes) <= MinutesNear;
    }

    /// <summary>Whether two days of the year are near, whatever their years: 29 February counts as the day before 1 March.</summary>
    private static bool AreNearInTheYear(DateTime one, DateTime other)
    {
        // In a year that is no leap year, all days have one number.
        int days = Math.Abs(DayOfYear(one) - DayOfYear(other));
        return Math.Min(days, 365 - days) <= DaysNear;

        static int DayOfYear(DateTime date) => new DateTime(2001, date.Month, Math.Min(date.Day, DateTime.DaysInMonth(2001, date.Month))).DayOfYear;
    }
}
