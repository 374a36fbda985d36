namespace AnomalyKit.Tables;

/// <summary>Reads dates and times as ISO 8601 writes them, the same on every machine.</summary>
/// <remarks><c>2026-11-28</c>, <c>2026-11-28T14:05</c>, <c>2026-11-28 14:05:09.123</c>, each time with or without <c>Z</c>, <c>+01:00</c>, <c>+0100</c> or <c>+01</c> behind it.</remarks>
internal static class IsoDateTime
{
    /// <summary>What the formats are called in messages.</summary>
    public const string Expected = "a date as ISO 8601 writes it, such as 2026-11-28 or 2026-11-28T14:05:09Z";

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, without surrounding spaces.</param>
    /// <param name="ticks">Units of 100 ns since 0001-01-01T00:00:00: in UTC where a zone is given, else as written.</param>
    /// <param name="hasZone">Whether a zone is given.</param>
    /// <returns>Whether it is a date that exists. Digits finer than 100 ns must be zeros.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long ticks, out bool hasZone)
    {
        ticks = 0;
        hasZone = false;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-' || !TryNumber(text[..4], out int year) || !TryNumber(text[5..7], out int month)
            || !TryNumber(text[8..10], out int day) || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        ticks = new DateTime(year, month, day).Ticks;
        if (text.Length == 10)
            return true;
        if (text[10] is not ('T' or 't' or ' '))
            return false;
        var time = text[11..];
        int zoneAt = time.IndexOfAny("Zz+-");
        long offset = 0;
        if (zoneAt >= 0)
        {
            hasZone = true;
            if (!TryZone(time[zoneAt..], out offset))
                return false;
            time = time[..zoneAt].TrimEnd(' ');
        }

        if (!TryTime(time, out long ofDay))
            return false;
        ticks += ofDay - offset;
        return (ulong)ticks <= (ulong)DateTime.MaxValue.Ticks;
    }

    private static bool TryTime(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 5 || text[2] != ':' || !TryNumber(text[..2], out int hour) || !TryNumber(text[3..5], out int minute) || hour > 23 || minute > 59)
            return false;
        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (text.Length == 5)
            return true;
        if (text.Length < 8 || text[5] != ':' || !TryNumber(text[6..8], out int second) || second > 59)
            return false;
        ticks += second * TimeSpan.TicksPerSecond;
        return text.Length == 8 || (text[8] is '.' or ',' && TryFraction(text[9..], ref ticks));
    }

    private static bool TryFraction(ReadOnlySpan<char> digits, ref long ticks)
    {
        if (digits.Length is 0 or > 9)
            return false;
        long unit = TimeSpan.TicksPerSecond;
        foreach (char c in digits)
        {
            unit /= 10;
            if (!char.IsAsciiDigit(c) || (unit == 0 && c != '0'))
                return false;
            ticks += (c - '0') * unit;
        }

        return true;
    }

    private static bool TryZone(ReadOnlySpan<char> text, out long offset)
    {
        offset = 0;
        if (text[0] is 'Z' or 'z')
            return text.Length == 1;
        var rest = text[1..];
        if (rest.Length is not (2 or 4 or 5) || !TryNumber(rest[..2], out int hours))
            return false;
        int minutes = 0;
        if (rest.Length > 2 && ((rest.Length == 5 && rest[2] != ':') || !TryNumber(rest[^2..], out minutes)))
            return false;
        if (hours > 14 || minutes > 59)
            return false;
        offset = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (char c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            number = (number * 10) + (c - '0');
        }

        return true;
    }
}
