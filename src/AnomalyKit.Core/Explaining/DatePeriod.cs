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
        double[] kept = sketch.KeptValues.ToArray();
        bool areExact = areAll && kept.Length == sketch.Count;
        var here = new DateTime(Value.Ticks);
        var found = new List<PeriodShare>();
        // The weekday is looked at with the time of day as its fraction.
        if ((Parts & (DateParts.Hour | DateParts.Weekday)) != 0)
            Add(2 * MinutesNear / MinutesPerDay, $"lie within half an hour of {Time(here)}", there => Circular((there.TimeOfDay - here.TimeOfDay).TotalMinutes, MinutesPerDay) <= MinutesNear);
        if (Parts.HasFlag(DateParts.Weekday))
            Add(1.0 / 7, $"fall on a {here.DayOfWeek}", there => there.DayOfWeek == here.DayOfWeek);
        if (Parts.HasFlag(DateParts.Month))
            Add(2 * DaysNear / DaysPerYear, $"lie within 15 days of {Day(here)}", there => Circular(there.DayOfYear - here.DayOfYear, DaysPerYear) <= DaysNear);
        return found.MinBy(part => part.Share.Estimate / part.Even)!;

        void Add(double even, string near, Func<DateTime, bool> isNear)
        {
            // Each value that is kept is one of a run of rows that follow each other in time: a sample of the rows, as far as hours and weekdays go.
            long count = kept.LongCount(ticks => isNear(new DateTime((Value with { Number = ticks }).Ticks)));
            found.Add(new PeriodShare(TrainingShare.Of(count, count, kept.Length, areExact), even, near));
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
        if ((Parts & (DateParts.Hour | DateParts.Weekday)) != 0)
            words.Add(Time(date));
        return string.Join(", ", words);
    }

    private static string Day(DateTime date) => date.ToString("d MMMM", CultureInfo.InvariantCulture);

    private string Time(DateTime date) => date.ToString(IsUtc ? "HH:mm 'UTC'" : "HH:mm", CultureInfo.InvariantCulture);

    private static double Circular(double difference, double period) => Math.Min(Math.Abs(difference), period - Math.Abs(difference));
}
