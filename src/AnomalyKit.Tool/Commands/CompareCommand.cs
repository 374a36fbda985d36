using System.CommandLine;
using System.Diagnostics;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Fits several detectors to the same rows and measures them.</summary>
internal static class CompareCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command(
            "compare", "Fits several detectors to the same rows, without their labels, and measures by the labels what each makes of these rows.");
        var data = new DataOptions();
        var columns = new ColumnOptions();
        var common = new CommonOptions();
        var trainer = new TrainerChoice();
        var threads = new ThreadsOption();
        var detectors = ListOption.Create("--detectors", $"The detectors; by default all: {string.Join(", ", DetectorTrainers.Names)}.", "LIST");
        var report = new Option<string>("--report") { Description = "Writes a page with all curves in one picture: .html, or .json.", HelpName = "FILE" };
        command.Arguments.Add(data.Data);
        command.Options.Add(detectors);
        command.Options.Add(report);
        trainer.AddTo(command, withDetector: false);
        columns.AddTo(command, labelIsRequired: true);
        command.Options.Add(threads.Option);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            string[] names = parsed.GetValue(detectors) is { Length: > 0 } given ? given : [.. DetectorTrainers.Names];
            if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
                throw new UsageException("--detectors names a detector twice.");
            var trainers = names.Select(name => (Name: name, Trainer: trainer.Trainer(parsed, name))).ToList();
            var files = data.Files(parsed);
            OutputPath.Check("--report", parsed.GetValue(report), OutputPath.Of(files));
            OutputPath.CheckReport(parsed.GetValue(report));
            FeatureTable table;
            using (var reader = files.Open(columns.Layout(parsed), data.Reading(parsed, context.Say, threads.Value(parsed)), context.CancellationToken))
                table = reader.ReadAll(context.CancellationToken);
            var marks = columns.LabelMarks(parsed);
            table = marks.Apply(table);
            marks.Check(columns.Label(parsed));
            bool?[] labels = table.ReadKnownLabels()!;
            var counts = LabelCounts.Of(labels);
            counts.Check(context, columns.Label(parsed)!);
            var evaluations = trainers.ConvertAll(one => Evaluate(context, one.Name, one.Trainer, table, labels, threads.Value(parsed)));
            var page = new ComparisonReport([.. evaluations])
            {
                Title = $"Comparison on {files}",
                Origin = new ReportOrigin
                {
                    Version = ToolVersion.Text,
                    Seed = trainer.Seed(parsed),
                    DataFiles = [.. files.Files.Select(file => file.Path)],
                    LabelColumn = columns.Label(parsed),
                    UnlabeledRowCount = counts.Unknown,
                    CreatedAt = DateTimeOffset.UtcNow,
                },
            };
            if (parsed.GetValue(report) is { } path)
                page.Save(path);
            if (common.Json(parsed))
                JsonText.Write(context, page.ToJson());
            else
                EvaluationTable.Write(context, [.. evaluations.OrderByDescending(one => one.AveragePrecision)]);
            return ExitCode.Done;
        });
        return command;
    }

    private static DetectorEvaluation Evaluate(ToolContext context, string name, TableTrainer trainer, FeatureTable table, bool?[] labels, int threads)
    {
        var watch = Stopwatch.StartNew();
        var result = ProgressView.Run(context, name, report =>
            trainer.FitAndScore(table, new FitOptions { MaxDegreeOfParallelism = threads, Progress = ProgressView.Fit((fraction, stage) => report(fraction, $"{name}: {stage}")) }, context.CancellationToken));
        int[] known = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] is not null)];
        bool[] isAnomaly = Array.ConvertAll(known, row => labels[row] == true);
        float[] scores = Array.ConvertAll(known, row => result.TrainingScores.Span[row]);
        return DetectorEvaluation.Of(name, isAnomaly, scores, result.Detector.Threshold) with { FitSeconds = watch.Elapsed.TotalSeconds, TrainRowCount = table.RowCount };
    }
}
