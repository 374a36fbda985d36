using System.Globalization;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>Durations for people.</summary>
internal static class Durations
{
    public static string Text(double seconds) => seconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:F0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");
}
