using System.Globalization;

namespace AnomalyKit;

/// <summary>Numbers, names and options in the sentences of findings.</summary>
internal static class FindingText
{
    private const int MaxName = 100;

    /// <summary>A count with commas between thousands.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double fraction) => (100 * fraction).ToString(fraction is < 0.01 or > 0.99 ? "0.####" : "0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>What stands before a count or a fraction that may be too low.</summary>
    public static string AtLeast(bool isExact) => isExact ? string.Empty : "at least ";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string RowText(long count) => count == 1 ? "1 row" : $"{Count(count)} rows";

    /// <summary>A column in quotation marks.</summary>
    public static string Column(string name) => $"'{Shortened(name)}'";

    /// <summary>The beginning of a long text.</summary>
    public static string Shortened(string text) => text.Length <= MaxName ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxName - 1]) ? MaxName - 1 : MaxName), "…");

    /// <summary>An option of the command with the name of a column, as a shell needs it.</summary>
    /// <returns>For example <c>--ignore id</c>.</returns>
    public static string Option(string option, string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.') && name[0] != '-' ? $"{option} {name}" : $"{option}='{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
