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
