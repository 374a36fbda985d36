using System.Globalization;
using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>Reads and writes <see cref="MissingCells"/> as text.</summary>
internal static class MissingText
{
    private const string Indicator = ",indicator";
    private const string Constant = "constant:";

    public static MissingCells Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool hasIndicator = text.EndsWith(Indicator, StringComparison.OrdinalIgnoreCase);
        var rule = ReadRule(hasIndicator ? text[..^Indicator.Length] : text);
        return hasIndicator ? rule.WithIndicator() : rule;
    }

    public static string Write(MissingCells cells)
    {
        string rule = cells.Rule switch
        {
            MissingRule.Constant => Constant + (double.IsNaN(cells.Number) ? Quoted(cells.Word!) : cells.Word),
            _ => TextWords.Of(cells.Rule.ToString()),
        };
        return cells.HasIndicator ? rule + Indicator : rule;
    }

    private static MissingCells ReadRule(string text)
    {
        if (text.StartsWith(Constant, StringComparison.OrdinalIgnoreCase))
        {
            string value = text[Constant.Length..];
            if (IsNumber(value, out double number))
                return MissingCells.Constant(number);
            return MissingCells.Constant(value is ['"', .., '"'] ? value[1..^1] : value);
        }

        MissingCells[] rules = [MissingCells.Refuse, MissingCells.Median, MissingCells.Mean, MissingCells.MostFrequent, MissingCells.Native];
        return Array.Find(rules, rule => TextWords.AreSame(Write(rule), text)) ?? throw new FormatException(
            $"There is no rule '{text}' for missing cells{Nearest.Hint(text, MissingCells.TextForms)} Write one of: {string.Join(", ", MissingCells.TextForms)}.");
    }

    /// <summary>A level as it is, or in quotation marks where it would be read as something else.</summary>
    private static string Quoted(string level) =>
        IsNumber(level, out _) || level.StartsWith('"') || level.EndsWith(Indicator, StringComparison.OrdinalIgnoreCase) ? $"\"{level}\"" : level;

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
