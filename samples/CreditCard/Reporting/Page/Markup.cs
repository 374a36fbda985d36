using System.Globalization;
using System.Net;
using System.Text;

namespace AnomalyKit.Samples.CreditCard.Reporting.Page;

/// <summary>Puts a page together. Every text that comes from data goes through <see cref="Safe"/>.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends markup of our own, in which values are numbers or <see cref="Safe"/> texts.</summary>
    public Markup Add(FormattableString markup)
    {
        _text.Append(markup.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    /// <summary>Appends finished markup.</summary>
    public Markup Add(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>Text as text: markup is escaped; characters that no page may hold, or that turn the text around them, are replaced.</summary>
    public static string Safe(string text) => WebUtility.HtmlEncode(string.Concat(text.EnumerateRunes().Select(rune => IsPlain(rune) ? rune : Rune.ReplacementChar)));

    /// <summary>A name from data; of a long one the beginning.</summary>
    public static string Short(string name, int most = 60) => Safe(name.Length <= most ? name : string.Concat(name.AsSpan(0, most), "…"));

    /// <summary>A count, or a rate in so many digits as it deserves.</summary>
    public static string Number(double value) => value.ToString(value is >= 10 or 0 ? "N0" : value >= 1 ? "0.#" : "0.##", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (100 * share).ToString(share is > 0 and < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    public static string Measure(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Score(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>The numbered badge of a detector, the same all over the page.</summary>
    public static string Badge(int number) => string.Create(CultureInfo.InvariantCulture, $"<b class=\"badge c{SeriesOf(number)}\">{number}</b>");

    /// <summary>Which of the styles for lines a detector has.</summary>
    public static int SeriesOf(int number) => (number - 1) % SeriesCount;

    /// <summary>The number of styles in report.css.</summary>
    public const int SeriesCount = 10;

    private static bool IsPlain(Rune rune) => rune.Value is '\n' or '\t'
        || !(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
