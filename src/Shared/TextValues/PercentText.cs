using System.Globalization;

namespace AnomalyKit.TextValues;

/// <summary>Fractions as percentages: the same figure has the same digits wherever it is shown.</summary>
internal static class PercentText
{
    /// <summary>With two decimals.</summary>
    /// <returns>For example <c>2.30 %</c>.</returns>
    public static string Fixed(double fraction) => Text(fraction, "0.00");

    /// <summary>With up to two decimals.</summary>
    /// <returns>For example <c>2.3 %</c>.</returns>
    public static string Short(double fraction) => Text(fraction, "0.##");

    // Of 0.02325, whose binary value is a little less, half of the last digit is rounded up, as on paper.
    private static string Text(double fraction, string format) => Math.Round(100m * (decimal)fraction, 2, MidpointRounding.AwayFromZero).ToString(format, CultureInfo.InvariantCulture) + " %";
}
