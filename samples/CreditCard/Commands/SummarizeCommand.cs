using System.CommandLine;
using AnomalyKit.Samples.CreditCard.Reporting;

namespace AnomalyKit.Samples.CreditCard.Commands;

/// <summary>Makes one table of runs with several seeds.</summary>
internal sealed class SummarizeCommand
{
    private readonly Argument<string[]> _files = new("FILES")
    {
        Description = "The results.json of each run; the runs may differ in their seed alone.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Command Create()
    {
        var command = new Command("summarize", "Prints means and standard errors over runs with several seeds, as Markdown.");
        command.Arguments.Add(_files);
        command.SetAction((parsed, _) => Guard.RunAsync(
            () =>
            {
                Console.Out.Write(SeedSummary.Markdown(parsed.GetValue(_files)!));
                return Task.CompletedTask;
            },
            Console.Error));
        return command;
    }
}
