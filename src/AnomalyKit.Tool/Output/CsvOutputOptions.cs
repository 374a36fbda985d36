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

    public CsvWriteOptions Of(ParseResult parsed) => new()
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
