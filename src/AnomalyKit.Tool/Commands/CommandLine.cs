using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>The command and its subcommands.</summary>
internal static class CommandLine
{
    /// <summary>What is typed.</summary>
    public const string Name = "anomalykit";

    // Values such as @timestamp are names of columns, never files of more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Receives results.</param>
    /// <param name="errors">Receives everything else.</param>
    /// <param name="console">What they are connected to.</param>
    /// <param name="stop">Stops the work; null for nothing.</param>
    /// <param name="input">What a person types; null for standard input.</param>
    /// <returns>The exit code: see <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, Stream output, TextWriter errors, ConsoleKind console, StopSignals? stop = null, TextReader? input = null)
    {
        var context = new ToolContext(output, errors, console, stop, input);
        return Guard.Run(context, () =>
        {
            var parsed = Create(context).Parse(args, Parsing);
            if (IsBare(parsed))
                parsed = Create(context).Parse([.. args, "--help"], Parsing);
            if (parsed.Action is ParseErrorAction)
                return Refuse(context, parsed);
            int code = parsed.Invoke(new InvocationConfiguration { Output = context.Text, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            context.Flush();
            return code;
        });
    }

    public static Command Create(ToolContext context)
    {
        // A RootCommand would be called after the assembly.
        var root = new Command(Name, "Finds the rows of a table that do not belong: from files to a model, scores, reasons and reports.");
        foreach (var command in (Command[])
        [
            FitCommand.Create(context),
            ScoreCommand.Create(context),
            EvaluateCommand.Create(context),
            CompareCommand.Create(context),
            TuneCommand.Create(context),
            InspectCommand.Create(context),
            ExplainCommand.Create(context),
            ReviewCommand.Create(context),
            DriftCommand.Create(context),
            ThresholdCommand.Create(context),
            RunsCommand.Create(context),
            ExportCommand.Create(context),
            MergeCommand.Create(context),
            DashboardCommand.Create(context),
            ServeCommand.Create(),
            ClusterCommand.Create(context),
            ConvertCommand.Create(context),
            CompletionCommand.Create(context),
        ])
        {
            root.Subcommands.Add(command);
        }

        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        root.Subcommands.Add(CompleteCommand.Create(context, root));
        HelpWithExamples.AddTo(root);
        return root;
    }

    /// <summary>Parses a command line that is part of another one.</summary>
    public static ParseResult Parse(ToolContext context, IReadOnlyList<string> args) => Create(context).Parse(args, Parsing);

    /// <summary>Whether nothing but a command of commands was typed: whoever does so asks for the list.</summary>
    private static bool IsBare(ParseResult parsed) =>
        parsed.Action is ParseErrorAction && parsed.UnmatchedTokens.Count == 0 && parsed.CommandResult.Command is { Subcommands.Count: > 0, Action: null };

    private static int Refuse(ToolContext context, ParseResult parsed)
    {
        // The first error is the one to mend; what follows is often its consequence.
        string message = parsed.UnmatchedTokens is [var unknown, ..]
            ? unknown.StartsWith('-')
                ? UnknownOption.Text(parsed.CommandResult.Command, unknown, parsed.UnmatchedTokens.Skip(1).FirstOrDefault())
                : $"There is no command or argument '{unknown}'{Known(parsed.CommandResult.Command)}"
            : ValueErrors.Of(parsed.Errors[0]) ?? parsed.Errors[0].Message;
        context.Fail($"{message} See '{Path(parsed.CommandResult)} --help'.");
        return ExitCode.Usage;
    }

    private static string Known(Command command)
    {
        var names = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        return names.Any() ? $"; there are {string.Join(", ", names.Order(StringComparer.Ordinal))}." : ".";
    }

    private static string Path(CommandResult result) => result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : Name;
}
