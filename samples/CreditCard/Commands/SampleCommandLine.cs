using System.CommandLine;
using System.CommandLine.Invocation;

namespace AnomalyKit.Samples.CreditCard.Commands;

/// <summary>The program's commands.</summary>
internal static class SampleCommandLine
{
    /// <summary>How long Ctrl+C waits for the work to stop by itself before the process is ended.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    public static Task<int> InvokeAsync(string[] args)
    {
        var root = new RootCommand("Fits AnomalyKit's detectors to credit-card transactions, measures them and writes a report.");
        new EvaluateCommand().AddTo(root);
        root.Subcommands.Add(new DownloadCommand().Create());
        root.Subcommands.Add(new SummarizeCommand().Create());
        root.Subcommands.Add(new TuneCommand().Create());
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction action)
            action.ShowHelp = false;
        return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopWithin });
    }
}
