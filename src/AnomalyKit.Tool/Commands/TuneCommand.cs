using System.CommandLine;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Searches the options of detectors by labels, or compares detectors without.</summary>
internal static class TuneCommand
{
    private const string NoLabels =
        "Without labels, settings cannot be compared by how well they find anomalies. Fit the recommended ensemble (anomalykit fit, without --detector), or name the column of the labels (--label COL). "
        + "To see criteria that need no labels, add --criteria. They do not measure how well anomalies are found: see docs/tuning.md.";

    public static Command Create(ToolContext context)
    {
        var command = new Command("tune", "Searches for the detector options that find labeled anomalies best, and estimates how well they will do on new rows.");
        var data = new DataOptions();
        var columns = new ColumnOptions();
        var common = new CommonOptions();
        var trainer = new TrainerChoice();
        var threads = new ThreadsOption();
        var search = new SearchChoice();
        var split = new SplitOptions();
        var detectors = ListOption.Create("--detector", $"The detectors to tune; isolation-forest by default: {string.Join(", ", DetectorTrainers.Names)}.", "LIST");
        var criteria = new Option<bool>("--criteria") { Description = "Without labels: compares detectors (all by default) by criteria that are not accuracy, and says how far they agree." };
        var tracking = new TrackingOption();
        var study = new Option<string>("--study") { Description = "Keeps the trials in the file of --tracking under this name: the same command goes on after a crash, and several processes share the work.", HelpName = "NAME" };
        var output = new Option<string>("--out") { Description = "Fits the best setting to all rows and saves the model.", HelpName = "MODEL" };
        command.Arguments.Add(data.Data);
        command.Options.Add(detectors);
        search.AddTo(command);
        split.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(criteria);
        command.Options.Add(tracking.Option);
        command.Options.Add(study);
        trainer.AddTo(command, withDetector: false);
        columns.AddTo(command);
        command.Options.Add(threads.Option);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            bool hasLabels = columns.Label(parsed) is not null;
            if (hasLabels == parsed.GetValue(criteria))
                throw new UsageException(hasLabels ? "--criteria is for rows without labels; leave out --label or --criteria." : NoLabels);
            if (!hasLabels && GivenOptions.Of(parsed, "--trials", "--space", "--sampler", "--metric", "--prune", "--outer-folds", "--out", "--tracking", "--study", "--folds", "--time", "--group") is [var useless, ..])
                throw new UsageException($"{useless} is for a search by labels, and --criteria only compares detectors. Leave {useless} out.");
            string[] names = parsed.GetValue(detectors) is { Length: > 0 } given ? given : hasLabels ? ["isolation-forest"] : [.. DetectorTrainers.Names];
            if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
                throw new UsageException("--detector names a detector twice.");
            var trainers = names.Select(name => (Name: name, Trainer: trainer.Trainer(parsed, name))).ToList();
            var searches = trainers.ConvertAll(one => (one.Name, Search: search.Search(parsed, one.Trainer, split.Split(parsed, trainer.Seed(parsed)), trainer.Seed(parsed))));
            var files = data.Files(parsed);
            OutputPath.Check("--out", parsed.GetValue(output), OutputPath.Of(files));
            FeatureTable table;
            using (var reader = files.Open(columns.Layout(parsed, split.Columns(parsed)), data.Reading(parsed, context.Say, threads.Value(parsed)), context.CancellationToken))
                table = reader.ReadAll(context.CancellationToken);
            if (!hasLabels)
            {
                Compare(context, trainers, table, trainer.Seed(parsed), threads.Value(parsed), common.Json(parsed));
                return ExitCode.Done;
            }

            var marks = columns.LabelMarks(parsed);
            table = marks.Apply(table);
            marks.Check(columns.Label(parsed));
            LabelCounts.Of(table.ReadKnownLabels()!).Check(context, columns.Label(parsed)!);
            using var tracked = new TrackedSearch(context, tracking.Uri(parsed), parsed.GetValue(study));
            var found = searches.ConvertAll(one => new FoundDetector(one.Name, one.Search.Metric, ProgressView.Run(context, one.Name, report => one.Search.Run(
                table, tracked.Options(one.Name, threads.Value(parsed), ProgressView.Search(one.Name, report)), context.CancellationToken))));
            foreach (var (one, _) in searches.Zip(found).Where(pair => pair.First.Search.Pruning is not null && pair.Second.Result.Pruning is null))
                context.Say($"{one.Name}: --prune had no effect, because a third of the rows that a detector is fitted on is fewer than {one.Search.Pruning!.MinRows}.");
            tracked.Flush(found.Select(one => one.Result.TrackingProblem));
            if (common.Json(parsed))
            {
                var document = JsonText.Document("tune");
                document["detectors"] = new JsonArray([.. found.Select(one => (JsonNode)SearchView.ToJson(one))]);
                JsonText.Write(context, document);
            }
            else
            {
                SearchView.Write(context, found);
            }

            context.Flush();
            if (parsed.GetValue(output) is { } path)
            {
                var best = found.MaxBy(one => one.Merit)!;
                if (found.Count > 1)
                    context.Say($"{best.Name} is saved: it has the best value {(best.Result.Estimate is null ? "on the rows of the search" : "expected on new rows")}.");
                Fit(context, best, table, path, threads.Value(parsed));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Compare(ToolContext context, List<(string Name, TableTrainer Trainer)> trainers, FeatureTable table, ulong seed, int threads, bool asJson)
    {
        var selection = new UnlabeledSelection([.. trainers.Select(one => new EnsembleMember(one.Name, one.Trainer.Trainer))]) { Seed = seed };
        var result = ProgressView.Run(context, "Comparing", report => selection.Run(
            table, trainers[0].Trainer.Preparation, new SearchOptions { MaxDegreeOfParallelism = threads, Progress = ProgressView.Search("comparing", report) }, context.CancellationToken));
        if (asJson)
            JsonText.Write(context, CriteriaView.ToJson(result));
        else
            CriteriaView.Write(context, result);
    }

    private static void Fit(ToolContext context, FoundDetector best, FeatureTable table, string path, int threads)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var made = best.Result.TableTrainer!;
        var detector = ProgressView.Run(context, best.Name, report =>
            made.Fit(table, new FitOptions { MaxDegreeOfParallelism = threads, Progress = ProgressView.Fit(report) }, context.CancellationToken)).WithOrigin(TrainerOrigin.Of(made, best.Name));
        detector.Save(path);
        FitCommand.Report(context, detector, best.Name, path, watch.Elapsed.TotalSeconds, asJson: false);
    }
}
