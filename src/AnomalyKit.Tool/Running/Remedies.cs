using System.Text.RegularExpressions;
using AnomalyKit.CommandWords;

namespace AnomalyKit.Tool.Running;

/// <summary>Says the remedies of the library's errors in words of the command line.</summary>
internal static partial class Remedies
{
    // Longer ones first: they hold shorter ones.
    private static readonly (string Library, string Command)[] Words =
    [
        ("TablePreparation.Missing = MissingCells.Median, MostFrequent, Constant(…), or Native for trainers that can use them", "--missing median, most-frequent or constant:VALUE, or native for detectors that can use them; for one column --missing COLUMN=RULE"),
        ("Give the column an entry of its own in TablePreparation.Columns", "Give the column a rule of its own with --missing COLUMN=RULE, such as COLUMN=median, beside the rule for all others"),
        ("(MissingCells.Median, MostFrequent …), or use a trainer that accepts them, such as the isolation forest", "(--missing median, most-frequent …), or use --detector isolation-forest, which takes them"),
        ("(MissingCells.Native)", "(--missing native)"),
        ("Convert the labels before the table is used: true for an anomaly.", "Name the words that mark anomalies with --anomaly-label WORD; empty cells are rows without a label."),
        ("Rename it (WithName) or leave it out", "Leave it out of --keep"),
        ("Lower MinEffect and MinMissingChange", "Lower --min-effect and --min-missing-change"),
        ("Lower MinEffect", "Lower --min-effect"),
        ("Lower MinMissingChange", "Lower --min-missing-change"),
        ("ScoreCalibration.Conformal", "--calibration conformal"),
        ("Fit with a conformal calibration", "Fit with --calibration conformal"),
        ("Read the table with the layout of the detector (TableDetector.Layout), which says what each column holds.", "Give the data that the model was fitted on, or declare the column (--kind COL=KIND) when you fit."),
        ("which the trainer behind cannot", "which the detector cannot"),
        ("Set OutputPrefix, which outputs' names begin with", "Set --output-prefix, which outputs' names begin with"),
        ("OnnxInputForm.Matrix", "--inputs matrix"),
        ("OnnxInputForm.Columns", "--inputs columns"),
        ("(TableLayout.IdColumns)", "(--id)"),
        ("(TableLayout.IgnoredColumns)", "(--ignore)"),
        ("(IgnoredColumns)", "(--ignore)"),
        ("give some as AttributionOptions.SamplingBackground, for instance 100 training rows", "fit the model again with this version, which keeps some"),
        ("(ColumnPreparation.Dates)", "(--dates)"),
        ("Declare it as dates (--kind COL=KIND with ColumnKind.DateTime)", "Declare it as dates (--kind COL=datetime)"),
        ("Declare it as dates (--kind COL=KIND)", "Declare it as dates (--kind COL=datetime)"),
        ("TablePreparation.Missing", "--missing"),
        ("FitOptions.KeepProfile", "a profile"),
        ("give it an entry in TablePreparation.Columns, for example with CategoryEncoding.Frequency", "let a program prepare it (TablePreparation.Columns)"),
        ("give it an entry in TablePreparation.Columns", "let a program prepare it (TablePreparation.Columns)"),
    ];

    public static string Translate(string message)
    {
        message = CsvOptionWords.Translate(message);
        message = Trainer().Replace(message, trainer => NamesOf(trainer.Groups["type"].Value) is { Length: > 0 } names ? $"the detector {names}" : trainer.Value);
        foreach (var (library, command) in Words)
            message = message.Replace(library, command, StringComparison.Ordinal);
        return message;
    }

    /// <summary>The detector that a trainer fits, as the command line calls it.</summary>
    private static string NamesOf(string type) => string.Join(" or ", DetectorTrainers.Names.Where(name => DetectorTrainers.Create(name).GetType().Name == type).Select(name => $"'{name}'"));

    [GeneratedRegex("the trainer behind, (?<type>[A-Za-z]+),")]
    private static partial Regex Trainer();
}
