using System.CommandLine;
using AnomalyKit.Files;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Asks an analyst about rows, and learns from the answers.</summary>
internal static class ReviewCommand
{
    private const int DefaultReasons = 3;

    public static Command Create(ToolContext context)
    {
        var command = new Command("review", "Asks you about rows, one after the other, and makes a detector that learns from your answers. The session is saved and continues where you stopped.");
        var model = ModelArgument.Create();
        var data = new DataOptions();
        var common = new CommonOptions();
        var threads = new ThreadsOption();
        var session = new Option<string>("--session") { Description = "The file that keeps the answers; it is made where there is none, and written after every answer.", HelpName = "FILE", Required = true };
        var output = new Option<string?>("--out") { Description = "Where the detector that has learned is saved in the end.", HelpName = "MODEL" };
        var key = new Option<string?>("--key") { Description = "The column that names each row, so that answers stay with their rows; row numbers by default.", HelpName = "COLUMN" };
        var analyst = new Option<string>("--analyst") { Description = "Who answers, where several people do.", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var label = new LabelOptions("A column whose known labels (1, true, yes and 0, false, no) are taken as answers; rows where it is empty have none.");
        var noQuestions = new Option<bool>("--no-questions") { Description = "Asks nothing: learns from the answers of the session and of --label." };
        var choice = new Option<QuestionChoice>("--choice") { Description = "Which rows are asked about.", DefaultValueFactory = _ => QuestionChoice.Balanced };
        command.Arguments.Add(model);
        command.Arguments.Add(data.Data);
        foreach (Option option in (Option[])[session, output, key, analyst, choice, noQuestions, threads.Option])
            command.Options.Add(option);
        label.AddTo(command);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            var files = data.Files(parsed);
            string path = parsed.GetRequiredValue(session);
            string modelPath = parsed.GetRequiredValue(model);
            if (!parsed.GetValue(noQuestions) && files.Files.Any(file => file.Path == TableFile.StandardInput))
                throw new UsageException("The answers come from standard input, so the rows cannot. Give files, or --no-questions.");
            OutputPath.Check("--session", path, [modelPath, .. OutputPath.Of(files)]);
            OutputPath.Check("--out", parsed.GetValue(output), [path, modelPath, .. OutputPath.Of(files)]);
            var detector = ModelArgument.Load(modelPath);
            string[] kept = parsed.GetValue(key) is { } name ? [name] : [];
            var marks = label.Marks(parsed);
            string? column = label.Column(parsed);
            using var reader = files.Open(marks.Layout(detector, files, column, kept), data.Reading(parsed, context.Say, threads.Value(parsed)), context.CancellationToken);
            using var sitting = SittingLock.Take(path);
            var table = marks.Apply(reader.ReadAll(context.CancellationToken));
            marks.Check(column);
            bool?[]? labels = table.ReadKnownLabels();
            var feedback = TableFeedback.Open(
                detector, KnownAnswers.WithoutLabels(table), parsed.GetValue(key), path, reasonCount: DefaultReasons, cancellationToken: context.CancellationToken);
            if (labels is not null)
            {
                KnownAnswers.Give(context, feedback, parsed.GetValue(key), labels, column!, parsed.GetRequiredValue(analyst));
                feedback.Session.Save(path);
            }

            if (!parsed.GetValue(noQuestions))
                new ReviewDialog(context, feedback, path, parsed.GetRequiredValue(analyst), parsed.GetValue(choice)).Run();
            TableDetector? learned = null;
            if (parsed.GetValue(output) is { } target)
            {
                learned = feedback.ToDetector(context.CancellationToken);
                learned.Save(target);
            }

            if (common.Json(parsed))
                JsonText.Write(context, ReviewView.Json(feedback));
            else
                context.Text.WriteLine(feedback.Session.Summary);
            ReviewView.Close(context, feedback, path, parsed.GetValue(output));
            if (learned is not null)
                ReviewView.SayWhatIsNew(context, detector, learned, feedback.Table.RowCount);
            if (feedback.Session.Summary is { IsOfOneKind: true, AnomalyCount: var anomalies })
                context.Say($"All answers that count say '{(anomalies > 0 ? "anomaly" : "normal")}', so the order of the rows stays as it was. It changes with the first answer that says '{(anomalies > 0 ? "normal" : "anomaly")}'.");
            return ExitCode.Done;
        });
        return command;
    }
}
