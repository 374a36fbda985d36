using System.Globalization;

namespace AnomalyKit.Monitoring.Windows;

/// <summary>Values of numbers and dates as text.</summary>
internal static class ValueText
{
    // The last tick that a date has room for, as a double that does not lie beyond it.
    private const double LastTick = 3155378975999999488;

    /// <summary>A number with four digits that count, or all before the point below ten million; a date to the minute.</summary>
    public static string Short(double value, ColumnKind kind) => kind == ColumnKind.DateTime
        ? Date(value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : value.ToString(Math.Abs(value) is >= 9999.5 and < 1e7 ? "F0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>Ticks after ISO 8601, to the second and without an offset.</summary>
    public static string Iso(double ticks) => Date(ticks).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    public static DateTime Date(double ticks) => new((long)Math.Clamp(ticks, 0, LastTick));
}
