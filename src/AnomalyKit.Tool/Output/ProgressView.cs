using AnomalyKit.Tool.Running;
using Spectre.Console;

namespace AnomalyKit.Tool.Output;

/// <summary>A bar on standard error while long work runs, where that is a terminal.</summary>
internal static class ProgressView
{
    /// <summary>Runs work that reports a fraction from 0 to 1, or nothing where it does not know, and what it is at.</summary>
    public static T Run<T>(ToolContext context, string title, Func<Action<double?, string>, T> work)
    {
        if (!context.Console.ErrorIsTerminal || context.IsQuiet)
            return work((_, _) => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Errors) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(progress =>
            {
                var task = progress.AddTask(Markup.Escape(title), maxValue: 1);
                task.IsIndeterminate = true;
                return work((fraction, at) =>
                {
                    task.IsIndeterminate = fraction is null;
                    if (fraction is { } value)
                        task.Value = value;
                    task.Description = Markup.Escape(at);
                });
            });
    }

    /// <summary>Scoring options whose progress goes to the bar.</summary>
    public static IProgress<TableProgress> Rows(TableFilesReader reader, string verb, Action<double?, string> report) =>
        new Reports<TableProgress>(done => report(reader.Fraction, $"{verb} {done.RowCount:N0} rows"));

    /// <summary>Progress that knows how many rows there are.</summary>
    public static IProgress<TableProgress> Rows(string verb, Action<double?, string> report) =>
        new Reports<TableProgress>(done => report(done.TotalRowCount is > 0 and var total ? (double)done.RowCount / total : null, $"{verb} {done.RowCount:N0} rows"));

    /// <summary>Progress that only counts rows.</summary>
    public static IProgress<long> Count(TableFilesReader reader, string verb, Action<double?, string> report) => new Reports<long>(rows => report(reader.Fraction, $"{verb} {rows:N0} rows"));

    public static IProgress<FitProgress> Fit(Action<double?, string> report) => new Reports<FitProgress>(progress => report(progress.Fraction, progress.Stage));

    /// <summary>Progress of a search, with the best value so far.</summary>
    public static IProgress<SearchProgress> Search(string name, Action<double?, string> report) => new Reports<SearchProgress>(progress =>
        report(progress.Fraction, $"{name}: {progress.Stage}{(progress.BestValue is { } best ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", best {best:0.0000}") : string.Empty)}"));

    /// <summary>Calls back at once, on the thread that reports.</summary>
    private sealed class Reports<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
