using System.Globalization;
using System.Net;
using System.Text;

namespace AnomalyKit.Reports;

/// <summary>Puts a page together. Every text that comes from data goes through <see cref="Safe"/>.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _text = new();

    public HtmlPage(string title)
    {
        // Even a text that escaped could not run or fetch anything.
        _text.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>").Append(Safe(title)).Append("</title>\n<style>\n").Append(PageStyle.Text).Append("\n</style></head>\n<body><main>\n<h1>")
            .Append(Safe(title)).Append("</h1>\n");
    }

    /// <summary>Appends markup of our own, in which values are numbers or <see cref="Safe"/> texts.</summary>
    public HtmlPage Add(FormattableString markup)
    {
        _text.Append(markup.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    public HtmlPage Heading(string text) => Add($"<h2>{text}</h2>");

    /// <summary>Opens a table whose head is of our own words; the first column is to the left.</summary>
    public HtmlPage Table(params IEnumerable<string> head) => Add($"<div class=\"scroll\"><table><thead><tr>{string.Concat(head.Select(cell => $"<th scope=\"col\">{cell}</th>"))}</tr></thead><tbody>");

    public HtmlPage EndTable() => Add($"</tbody></table></div>");

    public string End() => _text.Append("</main></body></html>\n").ToString();

    /// <summary>Text as text: markup is escaped, and what no page may hold, or what turns the text around it, is replaced.</summary>
    public static string Safe(string text) => WebUtility.HtmlEncode(string.Concat(text.EnumerateRunes().Select(rune => IsPlain(rune) ? rune : Rune.ReplacementChar)));

    /// <summary>Words from data, whose direction ends with them.</summary>
    public static string Name(string text) => $"<bdi>{Safe(text)}</bdi>";

    /// <summary>A name from data, of a long one the beginning.</summary>
    public static string ShortName(string text)
    {
        const int MaxLength = 80;
        return Name(text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…"));
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Metric(double? value) => value is { } number ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "–";

    public static string Score(double value) => double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : value > 0 ? "∞" : "−∞";

    public static string Percent(double fraction) => (100 * fraction).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    public static string Seconds(double? seconds) => seconds is { } value ? value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s" : "–";

    // Line and paragraph separators end the isolation of a name, and the others set directions by force.
    private static bool IsPlain(Rune rune) => rune.Value is '\n' or '\t'
        || !(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
