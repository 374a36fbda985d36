using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Output;

/// <summary>The options that say how CSV is written.</summary>
internal sealed class CsvOutputOptions
{
    private readonly Option<string> _decimal = new("--out-decimal") { Description = "The decimal mark of CSV that is written: '.' (the default) or ',', with ';' between the cells.", HelpName = "CHAR" };
    private readonly Option<bool> _guard = new("--guard-formulas") { Description = "Puts an apostrophe before words of CSV that a spreadsheet would take for a formula." };

    public void AddTo(Command command)
    {
        command.Options.Add(_decimal);
        command.Options.Add(_guard);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_decimal) is not null || parsed.GetValue(_guard);

    /// <summary>How CSV is written.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="format">What is written; null where a name does not say it, which is told elsewhere.</param>
    public CsvWriteOptions Of(ParseResult parsed, TableFormat? format)
    {
        if (IsGiven(parsed) && format is not (null or TableFormat.Csv))
            throw new UsageException($"{(parsed.GetValue(_guard) ? "--guard-formulas" : "--out-decimal")} is for CSV, and the output is {Name(format)}, which keeps numbers and words as they are. Leave the option out, or write CSV.");
        return Of(parsed);
    }

    private static string Name(TableFormat? format) => format == TableFormat.JsonLines ? "JSON lines" : $"{format}";

    private CsvWriteOptions Of(ParseResult parsed) => new()
    {
        DecimalSeparator = parsed.GetValue(_decimal) switch
        {
            null or "." => '.',
            "," => ',',
            { } other => throw new UsageException($"--out-decimal takes '.' or ',', not '{other}'."),
        },
        GuardsFormulas = parsed.GetValue(_guard),
    };
}
