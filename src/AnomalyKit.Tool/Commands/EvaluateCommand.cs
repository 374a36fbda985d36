using System.CommandLine;
using System.Diagnostics;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Measures a model on rows whose labels are known.</summary>
internal static class EvaluateCommand
{
    private const int ReportedAlerts = 200;
    private const int Reasons = 3;

    public static Command Create(ToolContext context)
    {
        var command = new Command("evaluate", "Measures a model on rows whose labels are known: ROC AUC, average precision, F1, and what other thresholds would give.");
        var model = ModelArgument.Create();
        var data = new DataOptions();
        var common = new CommonOptions();
        var threads = new ThreadsOption();
        var label = new LabelOptions("The column that says which rows are anomalies (1, true, yes). Rows where it is empty are left out.");
        var report = new Option<string>("--report") { Description = "Writes a page with curves, thresholds and the reasons of the highest alerts: .html, or .json.", HelpName = "FILE" };
        command.Arguments.Add(model);
        command.Arguments.Add(data.Data);
        label.AddTo(command, isRequired: true);
        command.Options.Add(report);
        command.Options.Add(threads.Option);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            var detector = ModelArgument.Load(parsed.GetValue(model)!);
            var files = data.Files(parsed);
            OutputPath.Check("--report", parsed.GetValue(report), [parsed.GetValue(model)!, .. OutputPath.Of(files)]);
            OutputPath.CheckReport(parsed.GetValue(report));
            var reading = data.Reading(parsed, context.Say, threads.Value(parsed));
            string column = label.Column(parsed)!;
            var marks = label.Marks(parsed);
            var watch = Stopwatch.StartNew();
            var scored = ProgressView.Run(context, "Reading", progress =>
            {
                using var reader = files.Open(marks.Layout(detector, files, column), reading, context.CancellationToken);
                var scoring = new TableScoreOptions { MaxDegreeOfParallelism = threads.Value(parsed), Progress = ProgressView.Rows(reader, "scored", progress) };
                return LabeledScores.Of(detector, marks.Around(reader), scoring, context.CancellationToken);
            });
            marks.Check(column);
            int anomalies = scored.Labels.Span.Count(true);
            new LabelCounts(anomalies, scored.Labels.Length - anomalies, scored.UnlabeledCount).Check(context, column);
            var evaluation = DetectorEvaluation.Of(detector.Detector.Info.Kind, scored.Labels.Span, scored.Scores.Span, detector.Threshold) with { ScoreSeconds = watch.Elapsed.TotalSeconds };
            string? path = parsed.GetValue(report);
            var page = new EvaluationReport(evaluation)
            {
                Title = $"Evaluation of {Path.GetFileName(parsed.GetValue(model))}",
                Origin = new ReportOrigin
                {
                    Model = parsed.GetValue(model),
                    ModelKind = detector.Detector.Info.Kind,
                    ThresholdOrigin = detector.Detector.ThresholdOrigin,
                    Version = ToolVersion.Text,
                    DataFiles = [.. files.Files.Select(file => file.Path)],
                    LabelColumn = column,
                    UnlabeledRowCount = scored.UnlabeledCount,
                    CreatedAt = DateTimeOffset.UtcNow,
                },
                Alerts = path is not null && files.CanRepeat ? Alerts(context, detector, files, reading, scored) : [],
            };
            if (path is not null)
                page.Save(path);
            if (common.Json(parsed))
            {
                JsonText.Write(context, page.ToJson());
                return ExitCode.Done;
            }

            EvaluationTable.Write(context, [evaluation]);
            EvaluationTable.WriteChoices(context, evaluation);
            return ExitCode.Done;
        });
        return command;
    }

    private static ReportedAlert[] Alerts(ToolContext context, TableDetector detector, TableFiles files, TableReadOptions reading, LabeledScores scored)
    {
        using var reader = detector.OpenFiles(files, reading: reading, cancellationToken: context.CancellationToken);
        var options = new ExplanationOptions { MaxReasons = Reasons, Counterfactual = null };
        return [.. detector.ExplainTop(reader, ReportedAlerts, options, cancellationToken: context.CancellationToken)
            .Where(row => row.Explanation.IsAnomaly)
            .Select(row => ReportedAlert.Of(row.Row, row.Explanation, scored.LabelOf(row.Row)))];
    }
}
