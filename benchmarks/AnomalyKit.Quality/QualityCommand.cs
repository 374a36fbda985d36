using System.CommandLine;
using Spectre.Console;

namespace AnomalyKit.Quality;

/// <summary>The command line.</summary>
internal static class QualityCommand
{
    public static RootCommand Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder of NAME.csv.gz files: features, then a column label (1 = anomaly)." };
        var detectors = new Option<string?>("--detectors")
        {
            Description = $"Comma-separated; all by default: {string.Join(", ", QualityDetectors.All.Select(detector => detector.Key))}.",
        };
        var seeds = new Option<int>("--seeds") { Description = "How many splits and fits a set, with seeds 1 to N.", DefaultValueFactory = _ => 3 };
        seeds.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value < 1)
                result.AddError("--seeds must be at least 1.");
        });
        var output = new Option<string?>("--out") { Description = "The JSON file to write after every set; what it holds already is kept." };
        var force = new Option<bool>("--force") { Description = "Measure again what the file holds already." };

        var command = new RootCommand("Measures detection quality over a folder of data sets.") { folder, detectors, seeds, output, force };
        command.Subcommands.Add(RealTablesCommand.CreateMissing());
        command.Subcommands.Add(RealTablesCommand.CreateCategories());
        command.Subcommands.Add(DriftStreamsCommand.Create());
        command.Subcommands.Add(AlertBudgetCommand.Create());
        command.Subcommands.Add(PlantedCommand.Create());
        command.Subcommands.Add(BrokenRelationsCommand.Create());
        command.Subcommands.Add(TunedCommand.Create());
        command.Subcommands.Add(FeedbackCommand.Create());
        command.Subcommands.Add(EnsemblesCommand.Create());
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            new QualityOptions(
                parsed.GetRequiredValue(folder),
                parsed.GetValue(detectors),
                parsed.GetValue(seeds),
                parsed.GetValue(output),
                parsed.GetValue(force)),
            cancellationToken)));
        return command;
    }

    /// <summary>Gives 0, or 1 where a set failed, or 2 where nothing could be run.</summary>
    private static int Run(QualityOptions options, CancellationToken cancellationToken)
    {
        var errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        QualityRun.Outcome outcome;
        try
        {
            outcome = WithProgress(errors, progress => QualityRun.Run(options, progress, cancellationToken));
        }
        catch (QualityException exception)
        {
            errors.MarkupLineInterpolated($"[red]error:[/] {exception.Message}");
            return 2;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine(options.Out is null ? "Stopped." : "Stopped. Finished sets are kept: the same command goes on from there.");
            return 130;
        }

        // In a file or a pipe there is no window to fit the table into.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 1000;
        AnsiConsole.Write(QualityTable.Create(outcome));
        foreach (string failure in outcome.Failures)
            errors.MarkupLineInterpolated($"[red]failed:[/] {failure}");
        return outcome.Failures.Count == 0 ? 0 : 1;
    }

    private static QualityRun.Outcome WithProgress(IAnsiConsole console, Func<IProgress<QualityProgress>, QualityRun.Outcome> run) =>
        console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(context =>
        {
            var task = context.AddTask("starting");
            return run(new Listener(step =>
            {
                task.MaxValue = step.Total;
                task.Value = step.Done;
                task.Description = Markup.Escape($"{step.Set}: {step.Step}");
            }));
        });

    private sealed class Listener(Action<QualityProgress> hear) : IProgress<QualityProgress>
    {
        public void Report(QualityProgress value) => hear(value);
    }
}
