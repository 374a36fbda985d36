using System.Text;

namespace AnomalyKit.TextValues;

/// <summary>Words that name values: written in small letters with dashes between (<c>brute-force</c>), read in any case, with dashes or without.</summary>
internal static class TextWords
{
    public static bool AreSame(string one, string other) => Plain(one).Equals(Plain(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>The word of a name of code: <c>brute-force</c> of <c>BruteForce</c>.</summary>
    public static string Of(string name)
    {
        var word = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
                word.Append('-');
            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }

    public static string[] OfEnum<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(Of)];

    public static TEnum ReadEnum<TEnum>(string text)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (AreSame(value.ToString(), text))
                return value;
        }

        throw new FormatException($"'{text}' is not one of {string.Join(", ", OfEnum<TEnum>())}{Nearest.Hint(text, OfEnum<TEnum>())}");
    }

    private static string Plain(string word) => word.Replace("-", string.Empty, StringComparison.Ordinal).Replace("_", string.Empty, StringComparison.Ordinal);
}
