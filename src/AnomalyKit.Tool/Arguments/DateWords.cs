using AnomalyKit.TextValues;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Parts of dates as words: one, or several with commas between.</summary>
internal static class DateWords
{
    /// <summary>The words, for helps.</summary>
    public static IReadOnlyList<string> All { get; } = TextWords.OfEnum<DateParts>();

    /// <summary>Reads parts, such as <c>hour,weekday</c>.</summary>
    /// <exception cref="FormatException">A word is unknown, or one beside <c>none</c>.</exception>
    public static DateParts Parse(string text)
    {
        DateParts[] parts = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(TextWords.ReadEnum<DateParts>)];
        return parts.Length > 1 && parts.Contains(DateParts.None)
            ? throw new FormatException($"'{text}' says none and something else.")
            : parts.Aggregate((one, other) => one | other);
    }
}
