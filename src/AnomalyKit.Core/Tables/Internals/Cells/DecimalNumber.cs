using System.Globalization;
using AnomalyKit.Csv;

namespace AnomalyKit.Tables;

/// <summary>Takes decimals to doubles.</summary>
internal static class DecimalNumber
{
    private const int MostDigits = 40;

    /// <summary>The double nearest to a decimal: the one that its text gives too, which the runtime's conversion does not promise.</summary>
    public static double ToDouble(decimal value)
    {
        Span<char> text = stackalloc char[MostDigits];
        return value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture) && CellParser.TryParse(text[..length], out double parsed)
            ? parsed
            : (double)value;
    }
}
