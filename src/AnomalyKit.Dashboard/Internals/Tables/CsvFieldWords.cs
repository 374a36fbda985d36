using System.Text.RegularExpressions;
using AnomalyKit.CommandWords;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>Says how CSV is read in words of the form under which a file is uploaded: its fields and what can be chosen there.</summary>
internal static partial class CsvFieldWords
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["decimal"] = "Decimal",
        ["thousands"] = "Thousands",
        ["delimiter"] = "Delimiter",
        ["currency"] = "Currency",
        ["date-format"] = "Date format",
        ["encoding"] = "Encoding",
        ["missing-marks"] = "Missing marks",
        ["no-header"] = "No header",
    };

    /// <summary>The message, where the fields are that it names, and what to do about options that the form does not have.</summary>
    /// <param name="message">An error in words of the library.</param>
    /// <param name="fileName">The viewer's name of the file.</param>
    public static string Translate(string message, string fileName)
    {
        var fields = new List<string>();
        message = Option().Replace(CsvOptionWords.Translate(message), match =>
        {
            // The field takes one format.
            if (match.Groups["several"].Success)
                return match.Value;
            string field = Fields[match.Groups["option"].Value];
            if (!fields.Contains(field))
                fields.Add(field);
            return match.Groups["no"].Success ? $"{field} 'no mark'" : match.Groups["mark"].Success ? $"{field} {Choice(match.Groups["mark"].Value)}" : field;
        });
        string where = fields.Count == 0 ? string.Empty : $" You find {Listed(fields)} under CSV options.";
        string[] others = [.. CommandOnly().Matches(message).Select(match => match.Value).Distinct()];
        string command = others.Length == 0 ? string.Empty : $" For {Listed(others)}, use the command: 'anomalykit convert \"{fileName}\" --out table.parquet' takes the option and makes a file that you can upload.";
        return message + where + command;
    }

    private static string Choice(string mark) => mark switch
    {
        "','" => "'comma'",
        "'.'" => "'point'",
        "\"'\"" => "'apostrophe'",
        "space" => "'space'",
        _ => mark,
    };

    private static string Listed(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    [GeneratedRegex("""(?<several>--date-format '[^']*'(?: --date-format '[^']*')+)|(?<no>no )?(?<![\w-])--(?<option>decimal|thousands|delimiter|currency|date-format|encoding|missing-marks|no-header)(?![\w-])(?: (?<mark>space\b|"'"|'[^']*'))?""")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?<![\w-])--(?:skip-bad-rows|local-columns|kind|date-format)(?![\w-])")]
    private static partial Regex CommandOnly();
}
