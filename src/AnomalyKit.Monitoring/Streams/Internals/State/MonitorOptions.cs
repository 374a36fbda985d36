using System.Globalization;

namespace AnomalyKit.Monitoring.State;

/// <summary>Checks of options.</summary>
internal static class MonitorOptions
{
    public static double Finite(double value, double min, string name) => double.IsFinite(value) && value >= min
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must be a finite number, {(min > 0 ? "above" : "at least")} 0."));
}
