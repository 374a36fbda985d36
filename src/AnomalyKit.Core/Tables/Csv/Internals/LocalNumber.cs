using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Recognizes numbers that are not written as code writes them: <c>1,5</c>, <c>1.234,56</c>, <c>€ 12</c>.</summary>
internal static class LocalNumber
{
    /// <summary>Whether a text that is not a number by the options looks like one with other marks or a currency sign.</summary>
    public static bool Looks(ReadOnlySpan<char> text)
    {
        var rest = TrimSigns(text, out bool hasCurrency);
        if (rest.IsEmpty || !char.IsAsciiDigit(rest[0]) || !char.IsAsciiDigit(rest[^1]))
            return false;
        int marks = 0;
        int group = 0;
        char last = '\0';
        bool hasComma = false;
        foreach (char c in rest)
        {
            if (char.IsAsciiDigit(c))
            {
                group++;
                continue;
            }

            // Behind a first mark come groups of three, up to a last mark of another sort.
            if (c is not (',' or '.' or '\'' or ' ' or '\u00A0' or '\u202F' or '\u2009' or '\u2019') || group == 0 || (marks > 0 && group != 3))
                return false;
            // Thousands are in groups; a comma, or a point beside a currency sign, may be the decimal one.
            if (marks == 0 && group > 3 && c != ',' && !(hasCurrency && c == '.'))
                return false;
            hasComma |= c is ',' or '\'' or '\u2019';
            last = c;
            marks++;
            group = 0;
        }

        return (hasComma || hasCurrency) && (marks <= 1 || group == 3 || rest.Count(last) == 1);
    }

    private static ReadOnlySpan<char> TrimSigns(ReadOnlySpan<char> text, out bool hasCurrency)
    {
        hasCurrency = false;
        int start = 0;
        int end = text.Length;
        while (start < end && IsSign(text[start], ref hasCurrency))
            start++;
        while (end > start && IsSign(text[end - 1], ref hasCurrency))
            end--;
        return text[start..end];
    }

    private static bool IsSign(char c, ref bool hasCurrency)
    {
        bool isCurrency = char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;
        hasCurrency |= isCurrency;
        return isCurrency || c is '-' or '+' or '\u2212' || char.IsWhiteSpace(c);
    }
}
