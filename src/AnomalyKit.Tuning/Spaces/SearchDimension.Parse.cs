using System.Globalization;

namespace AnomalyKit;

// Dimensions as text, for command lines.
public abstract partial class SearchDimension
{
    private const string Dots = "..";
    private const string Logarithmic = ":log";

    /// <summary>The forms that <see cref="Parse"/> reads.</summary>
    public static IReadOnlyList<string> TextForms { get; } = ["Option=LOW..HIGH", "Option=LOW..HIGH:log", "Option=A|B|C"];

    /// <summary>Reads a dimension: <c>TreeCount=50..500</c> for whole numbers, <c>Nu=0.001..0.5:log</c> for all numbers by orders of magnitude, <c>Scaling=standard|robust</c> for a choice.</summary>
    /// <param name="text">The option, an equals sign, and what it may be. A range is of whole numbers where both limits are written without a point or an exponent.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="FormatException">The text has none of the forms.</exception>
    /// <exception cref="ArgumentException">The range is empty, or a choice has fewer than two values.</exception>
    public static SearchDimension Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw Unreadable(text);
        string name = text[..equals].Trim();
        string values = text[(equals + 1)..].Trim();
        int dots = values.IndexOf(Dots, StringComparison.Ordinal);
        if (values.Contains('|', StringComparison.Ordinal))
            return Choice(name, values.Split('|', StringSplitOptions.TrimEntries));
        if (dots < 1)
            throw Unreadable(text);
        bool isLogarithmic = values.EndsWith(Logarithmic, StringComparison.OrdinalIgnoreCase);
        string low = values[..dots];
        string high = values[(dots + Dots.Length)..(isLogarithmic ? ^Logarithmic.Length : ^0)];
        if (int.TryParse(low, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int lowest) && int.TryParse(high, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int highest))
            return Integer(name, lowest, highest, isLogarithmic);
        return double.TryParse(low, NumberStyles.Float, CultureInfo.InvariantCulture, out double least) && double.TryParse(high, NumberStyles.Float, CultureInfo.InvariantCulture, out double most)
            ? Real(name, least, most, isLogarithmic)
            : throw Unreadable(text);
    }

    private static FormatException Unreadable(string text) => new($"'{text}' is not a range or a choice of an option. Write {string.Join(", ", TextForms)}, for example Nu=0.001..0.5:log.");
}
