using System.Globalization;
using System.Text;

namespace AnomalyKit.Csv;

/// <summary>Names characters that readers cannot see or take for others, so that messages can speak of them.</summary>
internal static class StrangeCharacters
{
    /// <summary>The first character of a text that a number in ASCII does not have, described with its remedy, or nothing.</summary>
    /// <returns>A sentence such as <c>It holds U+2212 (minus sign), which looks like '-'. Replace it.</c></returns>
    public static string? Describe(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && rune.Value != 0)
                continue;
            string name = string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4} ({Name(rune)})");
            return rune.Value switch
            {
                0 => $"It holds {name}: the file is not text, or UTF-16 without a byte order mark; then set CsvOptions.Encoding to Encoding.Unicode or Encoding.BigEndianUnicode.",
                0xFEFF => $"It holds {name}, which is left inside a file when files are joined. Remove it.",
                0xFFFD => $"It holds {name}: {NotUtf8}",
                _ => LooksLike(rune.Value) is { } other
                    ? $"It holds {name}, which looks like {other}. Replace or remove it."
                    : $"It holds {name}. Numbers are written in ASCII characters; replace or remove it.",
            };
        }

        return null;
    }

    /// <summary>What replacement characters in the text mean, and what to do.</summary>
    public static string NotUtf8 =>
        "the bytes of the file are not UTF-8 there. Set CsvOptions.Encoding to its encoding, for example Encoding.Latin1, or save the file as UTF-8.";

    /// <summary>Whether a character has to be written as its code to be seen in a message.</summary>
    public static bool IsInvisible(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => c != ' ',
        _ => false,
    };

    private static string? LooksLike(int c) => c switch
    {
        0x00A0 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000 => "a space",
        0x00AD or 0x200B or 0x200C or 0x200D or 0x200E or 0x200F or 0x2060 or (>= 0x202A and <= 0x202E) => "nothing at all",
        (>= 0x2010 and <= 0x2015) or 0x2212 or 0xFE58 or 0xFE63 or 0xFF0D => "'-'",
        0xFF0B => "'+'",
        0x066B or 0x066C or 0xFF0C or 0x201A => "','",
        0x00B7 or 0x2024 or 0xFF0E => "'.'",
        0x2018 or 0x2019 or 0x02BC or 0xFF07 => "an apostrophe",
        0x201C or 0x201D or 0x201E or 0x00AB or 0x00BB or 0xFF02 => "a quote",
        _ => null,
    };

    private static string Name(Rune rune) => rune.Value switch
    {
        0 => "null",
        0x00A0 => "no-break space",
        0x00AD => "soft hyphen",
        0x00B7 => "middle dot",
        0x02BC => "modifier letter apostrophe",
        0x066B => "Arabic decimal separator",
        0x066C => "Arabic thousands separator",
        0x2007 => "figure space",
        0x2009 => "thin space",
        0x200B => "zero width space",
        0x200C => "zero width non-joiner",
        0x200D => "zero width joiner",
        0x200E => "left-to-right mark",
        0x200F => "right-to-left mark",
        0x2010 => "hyphen",
        0x2011 => "non-breaking hyphen",
        0x2012 => "figure dash",
        0x2013 => "en dash",
        0x2014 => "em dash",
        0x2015 => "horizontal bar",
        0x2018 => "left single quotation mark",
        0x2019 => "right single quotation mark",
        0x201C => "left double quotation mark",
        0x201D => "right double quotation mark",
        0x202F => "narrow no-break space",
        0x2060 => "word joiner",
        0x2212 => "minus sign",
        0x221E => "infinity",
        0x20AC => "euro sign",
        0x3000 => "ideographic space",
        0xFE63 => "small hyphen-minus",
        0xFEFF => "byte order mark",
        0xFF0B => "fullwidth plus sign",
        0xFF0C => "fullwidth comma",
        0xFF0D => "fullwidth hyphen-minus",
        0xFF0E => "fullwidth full stop",
        0xFFFD => "replacement character",
        _ => Kind(rune),
    };

    private static string Kind(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.DecimalDigitNumber => "a digit of another script",
        UnicodeCategory.SpaceSeparator => "a kind of space",
        UnicodeCategory.DashPunctuation => "a kind of dash",
        UnicodeCategory.CurrencySymbol => "a currency sign",
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter => "a letter that is not ASCII",
        UnicodeCategory.Format or UnicodeCategory.Control => "an invisible control character",
        _ => "not ASCII",
    };
}
