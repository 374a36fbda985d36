namespace AnomalyKit.Tables;

/// <summary>Units since 1970 as ticks of 100 ns since the year 1.</summary>
internal static class EpochTicks
{
    public const long SecondsUnit = 1;
    public const long MillisecondsUnit = 1_000;
    public const long MicrosecondsUnit = 1_000_000;
    public const long NanosecondsUnit = 1_000_000_000;

    /// <summary>Stands for a time outside the years 1 to 9999.</summary>
    public const long Outside = -1;

    private static readonly long Epoch = DateTime.UnixEpoch.Ticks;

    /// <summary>Days as ticks; <see cref="Outside"/> where that is not a date.</summary>
    public static long FromDays(long days) => Checked(days, TimeSpan.TicksPerDay);

    /// <summary>Units as ticks, nanoseconds rounded down; <see cref="Outside"/> where that is not a time.</summary>
    public static long From(long value, long unitsPerSecond)
    {
        if (unitsPerSecond <= TimeSpan.TicksPerSecond)
            return Checked(value, TimeSpan.TicksPerSecond / unitsPerSecond);
        long unitsPerTick = unitsPerSecond / TimeSpan.TicksPerSecond;
        long ticks = value / unitsPerTick;
        return Checked(value < 0 && ticks * unitsPerTick != value ? ticks - 1 : ticks, 1);
    }

    private static long Checked(long value, long ticksPerUnit) =>
        value < -Epoch / ticksPerUnit || value > (DateTime.MaxValue.Ticks - Epoch) / ticksPerUnit ? Outside : Epoch + (value * ticksPerUnit);
}
