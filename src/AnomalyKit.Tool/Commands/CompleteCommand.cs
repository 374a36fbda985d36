using System.CommandLine;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>What shells call to complete a command line: see <see cref="CompletionCommand"/>.</summary>
internal static class CompleteCommand
{
    public static Command Create(ToolContext context, Command root)
    {
        var command = new Command("complete", "Completes a command line, for shells.") { Hidden = true };
        var position = new Argument<int>("POSITION");
        var line = new Argument<string>("LINE");
        command.Arguments.Add(position);
        command.Arguments.Add(line);
        command.SetAction(parsed =>
        {
            string text = parsed.GetValue(line)!;
            foreach (var item in root.Parse(text).GetCompletions(Math.Clamp(parsed.GetValue(position), 0, text.Length)))
                context.Text.WriteLine(item.InsertText ?? item.Label);
            return ExitCode.Done;
        });
        return command;
    }
}
