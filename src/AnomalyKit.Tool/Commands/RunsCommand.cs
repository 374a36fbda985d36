using System.CommandLine;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Looks at runs that were kept.</summary>
internal static class RunsCommand
{
    private const int DefaultLimit = 50;
    private const int DefaultCompared = 10;

    public static Command Create(ToolContext context)
    {
        var command = new Command("runs", "Looks at the runs that fits and searches kept: lists them, shows one, finds the best, puts several side by side, exports them.");
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Show(context));
        command.Subcommands.Add(Best(context));
        command.Subcommands.Add(Compare(context));
        command.Subcommands.Add(Export(context));
        return command;
    }

    private static Command List(ToolContext context)
    {
        var command = new Command("list", "Lists runs, the newest first.");
        var (tracking, choice, common) = (new TrackingOption(), new RunChoice(), new CommonOptions());
        var limit = new Option<int>("--limit") { Description = $"The most runs that are listed; {DefaultLimit} by default, 0 for all. The number of runs left out is reported.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        command.Options.Add(tracking.Option);
        choice.AddTo(command);
        command.Options.Add(limit);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            int most = parsed.GetValue(limit);
            if (most is < 0 or int.MaxValue)
                throw new UsageException($"--limit takes a number from 0, not {most}.");
            // What is asked for is looked at before anything is opened.
            var query = choice.Query(parsed);
            using var store = tracking.Open(parsed, mustExist: true);
            // One more than asked for tells whether there are more.
            var runs = Wait(store.FindRunsAsync(query with { MaxCount = most == 0 ? null : most + 1 }, context.CancellationToken).ToListAsync(context.CancellationToken).AsTask());
            bool isMore = most > 0 && runs.Count > most;
            if (isMore)
                runs.RemoveAt(most);
            if (common.Json(parsed))
                JsonText.Write(context, RunJson.Of(runs));
            else
                RunViews.List(context, runs);
            if (isMore)
                context.Say($"There are more than these {most} runs; --limit 0 lists all.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(ToolContext context)
    {
        var command = new Command("show", "Shows a run: parameters, metrics, tags and artifacts.");
        var (tracking, common) = (new TrackingOption(), new CommonOptions());
        var run = new Argument<string>("RUN") { Description = "The run's identifier, as 'runs list' shows it." };
        var folder = new Option<string>("--artifacts") { Description = "Copies the run's artifacts into this folder.", HelpName = "FOLDER" };
        command.Arguments.Add(run);
        command.Options.Add(tracking.Option);
        command.Options.Add(folder);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            using var store = tracking.Open(parsed, mustExist: true);
            string id = parsed.GetValue(run)!;
            var record = Wait(store.GetRunAsync(id, context.CancellationToken));
            if (parsed.GetValue(folder) is { } place)
                context.Say($"{Wait(store.SaveArtifactsAsync(id, place, context.CancellationToken)).Count} artifacts → {place}");
            Show(context, store, record, common.Json(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Best(ToolContext context)
    {
        var command = new Command("best", "Finds the run with the best last value of a metric, and shows it.");
        var (tracking, choice, common) = (new TrackingOption(), new RunChoice(), new CommonOptions());
        var metric = new Option<string>("--metric") { Description = "The metric, for example average_precision.", HelpName = "NAME", Required = true };
        var lowest = new Option<bool>("--lowest") { Description = "The lowest value is the best, as for fit_seconds." };
        command.Options.Add(metric);
        command.Options.Add(lowest);
        command.Options.Add(tracking.Option);
        choice.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            string name = parsed.GetValue(metric)!;
            var query = choice.Query(parsed);
            using var store = tracking.Open(parsed, mustExist: true);
            var best = Wait(store.FindBestAsync(name, parsed.GetValue(lowest), query, context.CancellationToken))
                ?? throw new RunTrackingException($"No run has a finite value of the metric '{name}'. 'anomalykit runs list' shows which metrics there are.");
            Show(context, store, best, common.Json(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(ToolContext context, ITrackingStore store, RunRecord run, bool asJson)
    {
        var artifacts = Wait(store.ListArtifactsAsync(run.Id, context.CancellationToken));
        if (asJson)
            JsonText.Write(context, RunJson.Of(run, artifacts));
        else
            RunViews.Show(context, run, artifacts);
    }

    private static Command Compare(ToolContext context)
    {
        var command = new Command("compare", "Puts runs side by side: parameters that differ, metrics, and curves over steps.");
        var (tracking, choice, common) = (new TrackingOption(), new RunChoice(), new CommonOptions());
        var runs = new Argument<string[]>("RUN") { Description = "Identifiers of runs, as 'runs list' shows them. Without any, the newest runs that the options below name.", Arity = ArgumentArity.ZeroOrMore };
        var limit = new Option<int>("--limit") { Description = $"The most runs, where none is named; {DefaultCompared} by default.", HelpName = "N", DefaultValueFactory = _ => DefaultCompared };
        var report = new Option<string>("--report") { Description = "Writes a page with all curves: .html, or .json.", HelpName = "FILE" };
        command.Arguments.Add(runs);
        command.Options.Add(report);
        command.Options.Add(tracking.Option);
        choice.AddTo(command);
        command.Options.Add(limit);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            string? path = parsed.GetValue(report);
            OutputPath.Check("--report", path);
            OutputPath.CheckReport(path);
            string[] named = parsed.GetValue(runs)!;
            if (named.Length > 0 && (choice.IsMade(parsed) || GivenOptions.Of(parsed, limit.Name).Length > 0))
                throw new UsageException("Name the runs, or say which ones are meant (--experiment, --status, --parent, --where, --limit); not both.");
            if (parsed.GetValue(limit) is var most && most is < 1 or > RunComparisonReport.MaxRuns)
                throw new UsageException($"--limit takes a number from 1 to {RunComparisonReport.MaxRuns}, not {most}.");
            var query = choice.Query(parsed) with { MaxCount = most + 1 };
            using var store = tracking.Open(parsed, mustExist: true);
            if (named.Length == 0)
            {
                named = [.. Wait(store.FindRunsAsync(query, context.CancellationToken).ToListAsync(context.CancellationToken).AsTask()).Select(run => run.Id)];
                if (named.Length == 0)
                    throw new RunTrackingException("There is no such run. 'anomalykit runs list' shows which runs there are.");
                if (named.Length > most)
                    context.Say($"There are more than these {most} runs; --limit takes up to {RunComparisonReport.MaxRuns}.");
                named = named[..Math.Min(most, named.Length)];
            }

            var page = Wait(RunComparison.ReadAsync(store, named, context.CancellationToken));
            if (path is not null)
                page.Save(path);
            if (common.Json(parsed))
                JsonText.Write(context, page.ToJson());
            else
                RunViews.Compare(context, page);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Export(ToolContext context)
    {
        var command = new Command("export", "Writes runs as a table, a row each, or as JSON.");
        var (tracking, choice, common) = (new TrackingOption(), new RunChoice(), new CommonOptions());
        var output = new Option<string>("--out") { Description = "The file: .csv, .parquet, .arrow, .jsonl, or .json, in which values that are not finite are kept.", HelpName = "FILE", Required = true };
        command.Options.Add(output);
        command.Options.Add(tracking.Option);
        choice.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            string path = parsed.GetValue(output)!;
            OutputPath.Check("--out", path);
            if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
                OutputPath.CheckTable(path);
            var query = choice.Query(parsed);
            using var store = tracking.Open(parsed, mustExist: true);
            var runs = Wait(store.FindRunsAsync(query, context.CancellationToken).ToListAsync(context.CancellationToken).AsTask());
            RunViews.Export(runs, path);
            context.Say($"{runs.Count:N0} runs → {path}");
            if (common.Json(parsed))
            {
                var document = JsonText.Document("run_export");
                document["runs"] = runs.Count;
                document["out"] = path;
                JsonText.Write(context, document);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
