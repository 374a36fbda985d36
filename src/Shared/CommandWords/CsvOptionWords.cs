using System.Text.RegularExpressions;

namespace AnomalyKit.CommandWords;

/// <summary>Says how CSV is read in words of the command line, for people who do not write C#.</summary>
internal static partial class CsvOptionWords
{
    // Longer ones first: they hold shorter ones.
    private static readonly (string Library, string Command)[] Words =
    [
        ("skip such rows with CsvTableOptions.BadRows", "skip such rows with --skip-bad-rows"),
        ("CsvTableOptions.BadRows", "--skip-bad-rows"),
        ("Set CsvTableOptions.Encoding to its encoding, for example Encoding.Latin1", "Name its encoding, for example --encoding windows-1252"),
        ("set CsvTableOptions.Encoding to Encoding.Unicode or Encoding.BigEndianUnicode", "use --encoding utf-16 or utf-16BE"),
        ("set CsvTableOptions.Encoding to Encoding.Unicode", "use --encoding utf-16"),
        ("set CsvTableOptions.Encoding to Encoding.BigEndianUnicode", "use --encoding utf-16BE"),
        ("CsvTableOptions.DateFormats", "--date-format"),
        ("CsvTableOptions.ThousandsSeparator = null", "no --thousands"),
        ("CsvTableOptions.DecimalSeparator", "--decimal"),
        ("CsvTableOptions.LocalNumberColumns", "--local-columns"),
        ("CsvTableOptions.Delimiter", "--delimiter"),
        ("set CsvTableOptions.HasHeader to false", "use --no-header"),
        ("CsvTableOptions.HasHeader", "--no-header"),
        ("CsvTableOptions.MissingMarks", "--missing-marks"),
        ("a category (TableLayout.Kinds)", "a category (--kind COL=category)"),
        ("TableLayout.Kinds", "--kind COL=KIND"),
    ];

    public static string Translate(string message)
    {
        message = DateFormats().Replace(message, formats => string.Join(' ', formats.Groups["format"].Captures.Select(format => $"--date-format '{format.Value}'")));
        message = CurrencySigns().Replace(message, signs => $"--currency '{string.Join(',', signs.Groups["sign"].Captures)}'");
        message = NumberMark().Replace(message, mark => $"--{(mark.Groups["option"].Value == "Decimal" ? "decimal" : "thousands")} {Shell(mark.Groups["mark"].Value)}");
        foreach (var (library, command) in Words)
            message = message.Replace(library, command, StringComparison.Ordinal);
        return message;
    }

    private static string Shell(string mark) => mark switch
    {
        " " => "space",
        "\\'" => "\"'\"",
        _ => $"'{mark}'",
    };

    [GeneratedRegex("""CsvTableOptions\.DateFormats = \[("(?<format>[^"]*)"(, )?)+\]""")]
    private static partial Regex DateFormats();

    [GeneratedRegex("""CsvTableOptions\.CurrencySigns = \[("(?<sign>[^"]*)"(, )?)+\]""")]
    private static partial Regex CurrencySigns();

    [GeneratedRegex(@"CsvTableOptions\.(?<option>Decimal|Thousands)Separator = '(?<mark>\\'|[^'])'")]
    private static partial Regex NumberMark();
}
