using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Recognizes dates that are not written as ISO 8601 writes them, and finds the formats that read all of them: <c>01.03.2026 14:05</c>, <c>3/1/26 2:05 PM</c>, <c>20260301 14:05:09</c>.</summary>
/// <remarks>What is recognized can be read: a text counts only if <see cref="DateText"/> reads it by the format that is named. The order of the texts does not matter.</remarks>
internal sealed class LocalDates
{
    private const int LongestText = 48;

    private static readonly LocalDatePattern[] Patterns =
    [
        new("d.M.yyyy", LocalDateOrder.DayFirst), new("M.d.yyyy", LocalDateOrder.MonthFirst), new("d.M.yy", LocalDateOrder.DayFirst),
        new("d/M/yyyy", LocalDateOrder.DayFirst), new("M/d/yyyy", LocalDateOrder.MonthFirst), new("d/M/yy", LocalDateOrder.DayFirst), new("M/d/yy", LocalDateOrder.MonthFirst),
        new("d-M-yyyy", LocalDateOrder.DayFirst), new("M-d-yyyy", LocalDateOrder.MonthFirst), new("d-M-yy", LocalDateOrder.DayFirst), new("M-d-yy", LocalDateOrder.MonthFirst),
        new("yyyy/M/d", LocalDateOrder.YearFirst), new("yyyy.M.d", LocalDateOrder.YearFirst), new("yyyy-M-d", LocalDateOrder.YearFirst), new("yyyyMMdd", LocalDateOrder.YearFirst),
        new("d-MMM-yyyy", LocalDateOrder.DayFirst), new("d-MMM-yy", LocalDateOrder.DayFirst), new("d MMM yyyy", LocalDateOrder.DayFirst), new("d MMMM yyyy", LocalDateOrder.DayFirst),
        new("d/MMM/yyyy", LocalDateOrder.DayFirst), new("MMM d, yyyy", LocalDateOrder.MonthFirst), new("MMMM d, yyyy", LocalDateOrder.MonthFirst),
    ];

    private static readonly string[] Times =
    [
        .. from zone in (string[])["", "K", " zzz"]
           from time in (string[])["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "H:mm:ss,FFFFFFF", "h:mm tt", "h:mm:ss tt", "h:mmtt", "h:mm:sstt"]
           select time + zone,
    ];

    // What may stand between date and time; a comma before a space is a second character.
    private static readonly string[] Joints = [", ", " ", "T"];

    // The times that were seen, with what stands before them; -1 for dates alone.
    private readonly SortedSet<(int Time, int Joint)> _times = [];
    private uint _patterns = (1u << Patterns.Length) - 1;
    private bool _isPadded = true;

    /// <summary>Whether all texts were such dates, and there are formats that read them.</summary>
    public bool Fits => _patterns != 0 && _times.Count > 0;

    /// <summary>The formats by which a text could be read, for a single cell.</summary>
    public static LocalDates Of(ReadOnlySpan<char> text)
    {
        var dates = new LocalDates();
        dates.See(text);
        return dates;
    }

    /// <summary>Looks at a text.</summary>
    /// <returns>Whether it and all before it are dates of one order.</returns>
    public bool See(ReadOnlySpan<char> text)
    {
        if (_patterns == 0)
            return false;
        _patterns = Math.Min(_patterns, text.Length is 0 or > LongestText || !char.IsAsciiLetterOrDigit(text[0]) ? 0 : Fitting(text));
        return _patterns != 0;
    }

    /// <summary>The option that reads the dates.</summary>
    /// <param name="given">Formats that it has already.</param>
    /// <returns>For example <c>CsvTableOptions.DateFormats = ["dd.MM.yyyy HH:mm"]</c>; with both where day and month cannot be told apart.</returns>
    public string Advice(IReadOnlyList<string> given)
    {
        var orders = Patterns.Where((_, i) => (_patterns & (1u << i)) != 0).DistinctBy(pattern => pattern.Order).ToList();
        // With points the day comes first, in every country.
        if (orders.Count > 1 && !orders[0].Text.Contains('.', StringComparison.Ordinal))
        {
            return $"{Option(orders[0], given)} if the {First(orders[0])} comes first, or {Option(orders[1], given)} if the {First(orders[1])} comes first";
        }

        return Option(orders[0], given);
    }

    private static string First(LocalDatePattern pattern) => pattern.Order switch
    {
        LocalDateOrder.DayFirst => "day",
        LocalDateOrder.MonthFirst => "month",
        _ => "year",
    };

    private string Option(LocalDatePattern pattern, IReadOnlyList<string> given)
    {
        var formats = _times.Select(time => Format(pattern, time.Joint, time.Time)).Select(format => _isPadded ? Padded(format) : format);
        return $"CsvTableOptions.DateFormats = [{string.Join(", ", given.Union(formats).Select(format => $"\"{format}\""))}]";
    }

    private static string Format(LocalDatePattern pattern, int joint, int time) => time < 0 ? pattern.Text : pattern.Text + Joints[joint] + Times[time];

    /// <summary>The patterns of those left that read a text, which has at most one time.</summary>
    private uint Fitting(ReadOnlySpan<char> text)
    {
        if (!TrySplit(text, out var date, out int joint))
            return 0;
        if (joint < 0)
            return Fitting(text, date, joint, -1);
        for (int time = 0; time < Times.Length; time++)
        {
            if (Fitting(text, date, joint, time) is > 0 and var fitting)
                return fitting;
        }

        return 0;
    }

    private uint Fitting(ReadOnlySpan<char> text, ReadOnlySpan<char> date, int joint, int time)
    {
        uint fitting = 0;
        for (int i = 0; i < Patterns.Length; i++)
        {
            if ((_patterns & (1u << i)) == 0 || (time < 0 && !Patterns[i].CanStandAlone(date)))
                continue;
            if (DateTime.TryParseExact(text, Format(Patterns[i], joint, time), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out _))
                fitting |= 1u << i;
        }

        if (fitting != 0)
        {
            _times.Add((time, joint));
            _isPadded &= !HasLoneDigit(date) && (time < 0 || char.IsAsciiDigit(text[date.Length + Joints[joint].Length + 1]));
        }

        return fitting;
    }

    /// <summary>Divides a text into a date, what stands between, and a time.</summary>
    private static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> date, out int joint)
    {
        date = text;
        joint = -1;
        int hour = text.IndexOf(':');
        if (hour < 0)
            return true;
        while (hour > 0 && char.IsAsciiDigit(text[hour - 1]))
            hour--;
        for (int i = 0; i < Joints.Length; i++)
        {
            if (text[..hour].EndsWith(Joints[i], StringComparison.Ordinal))
            {
                joint = i;
                date = text[..(hour - Joints[i].Length)];
                return true;
            }
        }

        return false;
    }

    private static bool HasLoneDigit(ReadOnlySpan<char> date)
    {
        for (int i = 0; i < date.Length; i++)
        {
            if (char.IsAsciiDigit(date[i]) && (i == 0 || !char.IsAsciiDigit(date[i - 1])) && (i + 1 == date.Length || !char.IsAsciiDigit(date[i + 1])))
                return true;
        }

        return false;
    }

    /// <summary>A format with two digits for day, month and hour.</summary>
    private static string Padded(string format)
    {
        var padded = new System.Text.StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            bool isAlone = (i == 0 || format[i - 1] != c) && (i + 1 == format.Length || format[i + 1] != c);
            padded.Append(c, isAlone && c is ('d' or 'M' or 'H' or 'h') ? 2 : 1);
        }

        return padded.ToString();
    }
}
