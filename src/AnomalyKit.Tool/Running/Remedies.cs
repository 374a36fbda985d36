using System.Text.RegularExpressions;

namespace AnomalyKit.Tool.Running;

/// <summary>Says the remedies of the library's errors in words of the command line.</summary>
internal static partial class Remedies
{
    // Longer ones first: they hold shorter ones.
    private static readonly (string Library, string Command)[] Words =
    [
        ("TablePreparation.Missing = MissingCells.Median, MostFrequent, Constant(…), or Native for trainers that can use them", "--missing median, most-frequent or constant:VALUE, or native for detectors that can use them"),
        ("(MissingCells.Median, MostFrequent …), or use a trainer that accepts them, such as the isolation forest", "(--missing median, most-frequent …), or use --detector isolation-forest, which takes them"),
        ("(MissingCells.Native)", "(--missing native)"),
        ("skip such rows with CsvTableOptions.BadRows", "skip such rows with --skip-bad-rows"),
        ("CsvTableOptions.BadRows", "--skip-bad-rows"),
        ("Set CsvTableOptions.Encoding to its encoding, for example Encoding.Latin1", "Name its encoding, for example --encoding windows-1252"),
        ("set CsvTableOptions.Encoding to Encoding.Unicode or Encoding.BigEndianUnicode", "use --encoding utf-16 or utf-16BE"),
        ("set CsvTableOptions.Encoding to Encoding.Unicode", "use --encoding utf-16"),
        ("set CsvTableOptions.Encoding to Encoding.BigEndianUnicode", "use --encoding utf-16BE"),
        ("CsvTableOptions.Encoding", "--encoding"),
        ("Rename it (WithName) or leave it out", "Leave it out of --keep"),
        ("ScoreCalibration.Conformal", "--calibration conformal"),
        ("Fit with a conformal calibration", "Fit with --calibration conformal"),
        ("Read the table with the layout of the detector (TableDetector.Layout), which says what each column holds.", "Give the data that the model was fitted on, or declare the column (--kind COL=KIND) when you fit."),
        ("which the trainer behind cannot", "which the detector cannot"),
        ("Set OutputPrefix, which outputs' names begin with", "Set --output-prefix, which outputs' names begin with"),
        ("OnnxInputForm.Matrix", "--inputs matrix"),
        ("OnnxInputForm.Columns", "--inputs columns"),
        ("(TableLayout.IdColumns)", "(--id)"),
        ("a category (TableLayout.Kinds)", "a category (--kind COL=category)"),
        ("TableLayout.Kinds", "--kind COL=KIND"),
        ("CsvTableOptions.DateFormats", "--date-format"),
        ("(TableLayout.IgnoredColumns)", "(--ignore)"),
        ("(IgnoredColumns)", "(--ignore)"),
        ("give some as AttributionOptions.SamplingBackground, for instance 100 training rows", "fit the model again with this version, which keeps some"),
        ("CsvTableOptions.DecimalSeparator, ThousandsSeparator and CurrencySigns", "--decimal, --thousands and --currency"),
        ("CsvTableOptions.DecimalSeparator", "--decimal"),
        ("CsvTableOptions.Delimiter", "--delimiter"),
        ("CsvTableOptions.HasHeader", "--no-header"),
        ("CsvTableOptions.MissingMarks", "--missing-marks"),
        ("TablePreparation.Missing", "--missing"),
        ("FitOptions.KeepProfile", "a profile"),
        ("give it an entry in TablePreparation.Columns, for example with CategoryEncoding.Frequency", "let a program prepare it (TablePreparation.Columns)"),
        ("give it an entry in TablePreparation.Columns", "let a program prepare it (TablePreparation.Columns)"),
    ];

    public static string Translate(string message)
    {
        message = DateFormats().Replace(message, formats => string.Join(' ', formats.Groups["format"].Captures.Select(format => $"--date-format '{format.Value}'")));
        message = CurrencySigns().Replace(message, signs => $"--currency '{string.Join(',', signs.Groups["sign"].Captures)}'");
        message = NumberMark().Replace(message, mark => $"--{(mark.Groups["option"].Value == "Decimal" ? "decimal" : "thousands")} {Shell(mark.Groups["mark"].Value)}");
        message = Trainer().Replace(message, trainer => NamesOf(trainer.Groups["type"].Value) is { Length: > 0 } names ? $"the detector {names}" : trainer.Value);
        foreach (var (library, command) in Words)
            message = message.Replace(library, command, StringComparison.Ordinal);
        return message;
    }

    private static string Shell(string mark) => mark switch
    {
        " " => "space",
        "\\'" => "\"'\"",
        _ => mark,
    };

    /// <summary>The detector that a trainer fits, as the command line calls it.</summary>
    private static string NamesOf(string type) => string.Join(" or ", DetectorTrainers.Names.Where(name => DetectorTrainers.Create(name).GetType().Name == type).Select(name => $"'{name}'"));

    [GeneratedRegex("""CsvTableOptions\.DateFormats = \[("(?<format>[^"]*)"(, )?)+\]""")]
    private static partial Regex DateFormats();

    [GeneratedRegex("""CsvTableOptions\.CurrencySigns = \[("(?<sign>[^"]*)"(, )?)+\]""")]
    private static partial Regex CurrencySigns();

    [GeneratedRegex(@"CsvTableOptions\.(?<option>Decimal|Thousands)Separator = '(?<mark>\\'|[^'])'")]
    private static partial Regex NumberMark();

    [GeneratedRegex("the trainer behind, (?<type>[A-Za-z]+),")]
    private static partial Regex Trainer();
}
