using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>What every command takes.</summary>
internal sealed class CommonOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Prints the result as JSON." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Prints only results and errors." };

    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_quiet);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public void Apply(ParseResult parsed, ToolContext context) => context.IsQuiet = parsed.GetValue(_quiet);
}
