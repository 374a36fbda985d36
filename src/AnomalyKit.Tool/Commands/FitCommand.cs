using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Reading;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Fits a model.</summary>
internal static class FitCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("fit", "Fits a detector to the rows of files and saves it as a model file, which takes raw rows to decisions by itself.");
        var data = new DataOptions();
        var columns = new ColumnOptions();
        var common = new CommonOptions();
        var trainer = new TrainerChoice();
        var threads = new ThreadsOption();
        var output = new Option<string>("--out") { Description = "The model file; customary is .akm.", HelpName = "MODEL", Required = true };
        command.Arguments.Add(data.Data);
        command.Options.Add(output);
        trainer.AddTo(command);
        columns.AddTo(command);
        command.Options.Add(threads.Option);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            var made = trainer.Trainer(parsed);
            var files = data.Files(parsed);
            var watch = Stopwatch.StartNew();
            var result = ProgressView.Run(context, "Reading", report => made.FitFiles(
                files,
                columns.Layout(parsed),
                new FitOptions { MaxDegreeOfParallelism = threads.Value(parsed), Progress = ProgressView.Fit(report) },
                data.Reading(parsed, context.Say),
                context.CancellationToken));
            string path = parsed.GetValue(output)!;
            result.Detector.Save(path);
            Report(context, result, trainer.Name(parsed), path, watch.Elapsed.TotalSeconds, common.Json(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Report(ToolContext context, TableFitResult result, string name, string path, double seconds, bool asJson)
    {
        var detector = result.Detector;
        int rows = result.TrainingScores.Length;
        int anomalies = 0;
        foreach (float score in result.TrainingScores.Span)
            anomalies += score > detector.Threshold ? 1 : 0;
        context.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} on {rows:N0} rows × {detector.Preparation.Schema.ColumnCount} columns in {seconds:0.0} s, threshold {detector.Threshold:G6} ({detector.Detector.ThresholdOrigin}), {anomalies:N0} training rows above it → {path}"));
        foreach (var finding in detector.Detector.Frame.Transform.Findings)
            context.Say($"note: {Remedies.Translate(finding.ToString()!)}");
        if (asJson)
        {
            JsonText.Write(context, new JsonObject
            {
                ["schema_version"] = 1,
                ["model"] = path,
                ["detector"] = name,
                ["rows"] = rows,
                ["columns"] = new JsonArray([.. detector.Preparation.Schema.Fields.Select(field => (JsonNode)field.Name)]),
                ["threshold"] = JsonText.Number(detector.Threshold),
                ["threshold_origin"] = detector.Detector.ThresholdOrigin,
                ["anomalies"] = anomalies,
                ["alert_share"] = (double)anomalies / rows,
                ["fit_seconds"] = seconds,
            });
        }
    }
}
