using System.Globalization;
using System.Text.RegularExpressions;

namespace AnomalyKit.Configuration;

/// <summary>Lengths of time as the configuration writes them: <c>00:00:30</c>, <c>1.12:00:00</c>.</summary>
/// <remarks>.NET reads 24 and more hours as days, so that <c>24:00:00</c> is 24 days, and a number alone as days, too.</remarks>
internal static partial class DurationText
{
    private const string Form = "Write [days.]hours:minutes:seconds";

    /// <summary>What is wrong with a text, with the remedy; null where it means what it says.</summary>
    public static string? ProblemOf(string text)
    {
        if (Number().IsMatch(text))
            return text.Trim().Trim('0') is "" or "-" ? null : $"is a number without a unit, which would be days. {Form}: 00:00:30 is 30 seconds, and 1.00:00:00 is one day.";
        if (Hours().Match(text) is not { Success: true } match || !int.TryParse(match.Groups["hours"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int hours) || hours < 24)
            return null;
        string meant = string.Create(CultureInfo.InvariantCulture, $"{match.Groups["sign"].Value}{hours / 24}.{hours % 24:00}{match.Groups["rest"].Value}");
        return $"has {hours} hours, which would be read as days. {Form}: {meant}.";
    }

    /// <summary>A sentence about days, for a length of time that is out of range; empty for one of less than a day, which was not misread.</summary>
    public static string HintOf(TimeSpan value) => value.Days == 0 ? "" : " Days stand before a point: 1.00:00:00 is one day, and 24:00:00 would be 24 days.";

    [GeneratedRegex(@"^\s*-?\d+\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*(?<sign>-?)(?<hours>\d+)(?<rest>:\d+(:\d+(\.\d+)?)?)\s*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Hours();
}
