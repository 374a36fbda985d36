using System.Buffers;
using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Tells numbers from what stands beside them: <c>38.85 EUR</c>, <c>R$ 12,50</c>, <c>12 %</c>, <c>5 kg</c>.</summary>
internal static class UnitNumber
{
    private const int LongestUnit = 8;

    private static readonly SearchValues<char> NotOfUnits = SearchValues.Create("0123456789+-.,;:\"'()[]{}|_ \t\u00A0\u202F\u2009");
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.,' \u00A0\u202F\u2009\u2019");
    private static readonly SearchValues<char> DigitsAndPoints = SearchValues.Create("0123456789.");

    /// <summary>ISO 4217, list one: the codes in use.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Codes = new HashSet<string>(
        ("AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
        + "GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
        + "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED "
        + "VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG").Split(' '), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Divides a text into a number and its unit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unit">What stands before or behind the number; empty where nothing does.</param>
    /// <returns>Whether there are digits at one end, and at the other one nothing but a short unit. A word before a number counts only if it is a currency: <c>Q 4</c> is no amount.</returns>
    public static bool TryDivide(ReadOnlySpan<char> text, out ReadOnlySpan<char> unit)
    {
        unit = [];
        var rest = WithoutSign(text.Trim());
        if (rest.IsEmpty)
            return false;
        int digit = rest.IndexOfAnyInRange('0', '9');
        if (digit < 0)
            return false;
        if (digit > 0)
        {
            unit = WithoutSign(rest[..digit].TrimEnd("+-\u2212")).TrimEnd();
            return IsCurrency(unit) && IsNumber(rest[digit..]);
        }

        int last = rest.LastIndexOfAnyInRange('0', '9');
        unit = rest[(last + 1)..].TrimStart();
        var number = rest[..(last + 1)];
        // Points alone may be those of an address or a version.
        return IsNumber(number) && (unit.IsEmpty ? number.ContainsAnyExcept(DigitsAndPoints) : IsUnit(unit));
    }

    private static ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> text) => text.TrimStart("+-\u2212").TrimStart();

    private static bool IsCurrency(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestUnit)
            return false;
        foreach (char c in text)
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol)
                return IsUnit(text);
        }

        return Codes.Contains(text);
    }

    private static bool IsUnit(ReadOnlySpan<char> text) =>
        text.Length <= LongestUnit && !text.ContainsAny(NotOfUnits);

    // What begins with a zero is a code or the number of a telephone.
    private static bool IsNumber(ReadOnlySpan<char> text) => !(text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1])) && !text.ContainsAnyExcept(OfNumbers);
}
