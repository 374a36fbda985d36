using System.Buffers;

namespace AnomalyKit.Csv;

/// <summary>Checks and copies the lists of words in the options.</summary>
internal static class CsvWords
{
    private static readonly SearchValues<char> PartsOfNumbers = SearchValues.Create("0123456789+-.,");

    public static IReadOnlyList<string> Words(IReadOnlyList<string> words, string property)
    {
        ArgumentNullException.ThrowIfNull(words, property);
        string[] copy = [.. words];
        return Array.Exists(copy, string.IsNullOrWhiteSpace)
            ? throw new ArgumentException($"{property} has a blank text. The empty cell is looked after by itself; leave the text out.", property)
            : Array.AsReadOnly(copy);
    }

    public static IReadOnlyList<string> DateFormats(IReadOnlyList<string> formats, string property)
    {
        var copy = Words(formats, property);
        foreach (string format in copy)
        {
            // One letter stands for a whole format of .NET; t and T are times, m and M a month and its day.
            bool hasYear = format.Length == 1 ? !"tTmM".Contains(format[0]) : DateParts(format).Contains('y');
            if (!hasYear)
                throw new ArgumentException($"{property} has '{format}', which names no year. It would be that of the day on which the file is read. Put the whole date into the column, or read the column as a category.", property);
        }

        return copy;
    }

    /// <summary>The letters of a format that stand for parts of a date: without quoted text and letters behind a backslash.</summary>
    private static string DateParts(string format)
    {
        var parts = new System.Text.StringBuilder();
        char quote = '\0';
        for (int i = 0; i < format.Length; i++)
        {
            char letter = format[i];
            if (letter == '\\')
                i++;
            else if (quote != '\0')
                quote = letter == quote ? '\0' : quote;
            else if (letter is '\'' or '"')
                quote = letter;
            else
                parts.Append(letter);
        }

        return parts.ToString();
    }

    public static IReadOnlyList<string> Signs(IReadOnlyList<string> signs, string property)
    {
        var copy = Words(signs, property);
        foreach (string sign in copy)
        {
            if (sign.AsSpan().ContainsAny(PartsOfNumbers) || sign.Trim() != sign)
                throw new ArgumentException($"{property} has '{sign}'. A currency sign holds no digits, plus, minus, points, commas or outer spaces.", property);
        }

        return copy;
    }
}
