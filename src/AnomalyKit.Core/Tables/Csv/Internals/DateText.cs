using System.Globalization;
using AnomalyKit.Tables;

namespace AnomalyKit.Csv;

/// <summary>Reads dates as the options say that they are written, and as ISO 8601 writes them.</summary>
internal sealed class DateText(CsvTableOptions options)
{
    private readonly string[] _formats = [.. options.DateFormats];
    private readonly bool _assumeUtc = options.AssumeUtc;

    // Such a format reads 2026-01-02 as the first of February; a day beyond 12 must then not be taken for a month.
    private readonly bool _readsIso = !options.DateFormats.Any(format => format.StartsWith("yyyy-d", StringComparison.Ordinal));

    /// <summary>How the caller said that dates are written.</summary>
    public IReadOnlyList<string> Formats => _formats;

    /// <summary>Whether the caller said how dates are written.</summary>
    public bool HasFormats => _formats.Length > 0;

    /// <summary>What is expected, for messages.</summary>
    public string Expected => HasFormats ? $"a date as '{string.Join("' or '", _formats)}' (CsvTableOptions.DateFormats){(_readsIso ? " or ISO 8601" : "")} writes it" : IsoDateTime.Expected;

    public bool TryParse(ReadOnlySpan<char> text, out long ticks, out bool isUtc)
    {
        bool parsed = TryFormats(text, out ticks, out isUtc) || (_readsIso && IsoDateTime.TryParse(text, out ticks, out isUtc));
        isUtc |= _assumeUtc;
        return parsed;
    }

    private bool TryFormats(ReadOnlySpan<char> text, out long ticks, out bool isUtc)
    {
        foreach (string format in _formats)
        {
            // With a zone in the text the time comes in UTC, without one as it is written; the machine's zone has no say.
            if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
            {
                isUtc = time.Kind == DateTimeKind.Utc;
                ticks = time.Ticks;
                return true;
            }
        }

        ticks = 0;
        isUtc = false;
        return false;
    }
}
