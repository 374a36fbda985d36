using System.Globalization;
using AnomalyKit.Dashboard.Work;

namespace AnomalyKit.Dashboard.Components.Parts;

/// <summary>Numbers and times for people, the same on every server.</summary>
internal static class Text
{
    public static string Count(double value) => value.ToString(Math.Abs(value) is >= 10 or 0 ? "#,0" : "0.##", CultureInfo.InvariantCulture);

    public static string Number(double value) => double.IsNaN(value) ? "NaN" : double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : value > 0 ? "∞" : "−∞";

    /// <summary>Four digits that count, or all before the point below ten million: what the end of a bin has room for.</summary>
    public static string Brief(double value) => value.ToString(Math.Abs(value) is >= 9999.5 and < 1e7 ? "F0" : "G4", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (100 * share).ToString(share is > 0 and < 0.1 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + " %";

    public static string Metric(double? value) => value is { } number ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "–";

    /// <summary>An instant, with its offset: the server's own zone means nothing to a viewer.</summary>
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Seconds(double? seconds) => seconds switch
    {
        null => "–",
        < 0.001 => (1e6 * seconds.Value).ToString("0.#", CultureInfo.InvariantCulture) + " µs",
        < 1 => (1e3 * seconds.Value).ToString("0.##", CultureInfo.InvariantCulture) + " ms",
        < 120 => seconds.Value.ToString("0.##", CultureInfo.InvariantCulture) + " s",
        _ => (seconds.Value / 60).ToString("0.#", CultureInfo.InvariantCulture) + " min",
    };

    public static string Bytes(long bytes) => ByteText.Of(bytes);

    public static string Short(string? text, int most = 60) => text is null ? "–" : text.Length <= most ? text : string.Concat(text.AsSpan(0, most), "…");

    public static string At(double coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);
}
