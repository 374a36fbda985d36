using System.CommandLine;

namespace AnomalyKit.Tool.Commands;

/// <summary>The command and its subcommands.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args) => Create().Parse(args).InvokeAsync();

    public static RootCommand Create() => new("Finds the rows of a table that do not belong.");
}
