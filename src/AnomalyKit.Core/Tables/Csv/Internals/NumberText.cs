using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Reads numbers as the options say that they are written.</summary>
internal sealed class NumberText
{
    private const int MostChars = 128;

    private readonly char _decimalSeparator;
    private readonly char? _thousandsSeparator;
    private readonly string[] _signs;
    private readonly bool _isPlain;

    public NumberText(CsvTableOptions options)
    {
        if (options.DecimalSeparator == options.ThousandsSeparator)
            throw new ArgumentException($"'{options.DecimalSeparator}' cannot be both the DecimalSeparator and the ThousandsSeparator.", nameof(options));
        Options = options;
        _decimalSeparator = options.DecimalSeparator;
        _thousandsSeparator = options.ThousandsSeparator;
        // Of EUR and EU the longer one.
        _signs = [.. options.CurrencySigns.OrderByDescending(sign => sign.Length)];
        _isPlain = _decimalSeparator == '.' && _thousandsSeparator is null && _signs.Length == 0;
    }

    /// <summary>The options that say so.</summary>
    public CsvTableOptions Options { get; }

    /// <summary>Whether numbers are written as code writes them.</summary>
    public bool IsPlain => _isPlain;

    /// <summary>The number in a cell, infinite ones included.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        if (_isPlain)
            return CellParser.TryParse(text, out value) && !double.IsNaN(value);
        Span<char> plain = stackalloc char[MostChars];
        value = 0;
        int length = Normalize(text, plain);
        return length > 0 && CellParser.TryParse(plain[..length], out value) && !double.IsNaN(value);
    }

    /// <summary>The whole number in a cell.</summary>
    public bool TryParseWhole(ReadOnlySpan<char> text, out long value)
    {
        if (_isPlain)
            return TryWhole(text, out value);
        Span<char> plain = stackalloc char[MostChars];
        value = 0;
        int length = Normalize(text, plain);
        return length > 0 && TryWhole(plain[..length], out value);
    }

    public NumberShape ShapeOf(ReadOnlySpan<char> text)
    {
        if (_isPlain)
            return ShapeOfPlain(text);
        Span<char> plain = stackalloc char[MostChars];
        int length = Normalize(text, plain);
        return length == 0 ? NumberShape.None : ShapeOfPlain(plain[..length]);
    }

    private static NumberShape ShapeOfPlain(ReadOnlySpan<char> text)
    {
        if (!CellParser.TryParse(text, out double value) || double.IsNaN(value))
            return NumberShape.None;
        var digits = text.Length > 0 && text[0] is '-' or '+' ? text[1..] : text;
        if (digits.ContainsAnyExceptInRange('0', '9'))
            return NumberShape.Fraction;
        if (digits.Length > 1 && digits[0] == '0')
            return NumberShape.LeadingZero;
        // A negative zero is no whole number: its sign would be lost.
        if (digits.Length == 1 && digits[0] == '0' && text[0] == '-')
            return NumberShape.Fraction;
        return digits.Length < 19 || TryWhole(text, out _) ? NumberShape.Whole : NumberShape.TooLong;
    }

    private static bool TryWhole(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Writes the number as code does; 0 where it is none.</summary>
    private int Normalize(ReadOnlySpan<char> text, Span<char> plain)
    {
        int length = 0;
        bool negative = TakeSign(ref text, out bool signed);
        if (TakeCurrency(ref text) && !signed)
            negative = TakeSign(ref text, out signed);
        if (text.IsEmpty || text.Length >= plain.Length || text[0] is '+' or '-')
            return 0;
        if (negative)
            plain[length++] = '-';
        int whole = text.IndexOf(_decimalSeparator);
        int exponent = text.IndexOfAny('e', 'E');
        int end = whole >= 0 ? whole : exponent >= 0 ? exponent : text.Length;
        if (!CopyGroups(text[..end], plain, ref length))
            return 0;
        if (whole >= 0)
        {
            plain[length++] = '.';
            end++;
        }

        foreach (char c in text[end..])
        {
            // What is left are digits and an exponent; a second mark is none of them.
            if (c is '.' or ',' || char.IsWhiteSpace(c))
                return 0;
            plain[length++] = c;
        }

        return length;
    }

    /// <summary>Copies digits without the marks between groups of three.</summary>
    private bool CopyGroups(ReadOnlySpan<char> digits, Span<char> plain, ref int length)
    {
        int group = 0;
        bool grouped = false;
        foreach (char c in digits)
        {
            if (char.IsAsciiDigit(c))
            {
                group++;
                plain[length++] = c;
            }
            else if (IsThousands(c) && group is > 0 and <= 3 && (!grouped || group == 3))
            {
                grouped = true;
                group = 0;
            }
            else
            {
                return false;
            }
        }

        return !grouped || group == 3;
    }

    private bool IsThousands(char c) => c == _thousandsSeparator
        || (_thousandsSeparator == ' ' && c is '\u00A0' or '\u202F' or '\u2009')
        || (_thousandsSeparator == '\'' && c == '\u2019');

    private static bool TakeSign(ref ReadOnlySpan<char> text, out bool signed)
    {
        bool negative = text.Length > 0 && text[0] is '-' or '\u2212';
        signed = negative || (text.Length > 0 && text[0] == '+');
        if (signed)
            text = text[1..].TrimStart();
        return negative;
    }

    private bool TakeCurrency(ref ReadOnlySpan<char> text)
    {
        foreach (string sign in _signs)
        {
            if (text.StartsWith(sign, StringComparison.Ordinal))
            {
                text = text[sign.Length..].TrimStart();
                return true;
            }

            if (text.EndsWith(sign, StringComparison.Ordinal))
            {
                text = text[..^sign.Length].TrimEnd();
                return true;
            }
        }

        return false;
    }
}
