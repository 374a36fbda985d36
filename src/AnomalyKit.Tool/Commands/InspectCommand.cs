using System.CommandLine;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Looks at a model, a table, or the options of a detector.</summary>
internal static class InspectCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("inspect", "Says what a person should know first: of a table its columns, gaps and oddities, of a model what it is, of a detector its options (--detector NAME).");
        var data = new DataOptions();
        data.Data.Arity = ArgumentArity.ZeroOrMore;
        data.Data.Description = "A model file, or files, folders or patterns of CSV, Parquet or Arrow; '-' for standard input.";
        var columns = new ColumnOptions();
        var common = new CommonOptions();
        var detector = new Option<string>("--detector") { Description = $"Lists the options of a detector: {string.Join(", ", DetectorTrainers.Names)}.", HelpName = "NAME" };
        command.Arguments.Add(data.Data);
        command.Options.Add(detector);
        columns.AddTo(command);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            string[] paths = parsed.GetValue(data.Data)!;
            if (parsed.GetValue(detector) is { } name)
                DetectorInspection.Write(context, name, common.Json(parsed));
            else if (paths.Length == 0)
                throw new UsageException("Name a model or data to inspect, or a detector by --detector.");
            else if (paths is [var path] && ModelArgument.IsModel(path))
                ModelInspection.Write(context, path, ModelArgument.Load(path), common.Json(parsed));
            else
                Inspect(context, parsed, data, columns, common.Json(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Inspect(ToolContext context, ParseResult parsed, DataOptions data, ColumnOptions columns, bool asJson)
    {
        var marks = columns.LabelMarks(parsed);
        var inspection = ProgressView.Run(context, "Reading", report =>
        {
            using var reader = data.Files(parsed).Open(columns.Layout(parsed), data.Reading(parsed, context.Say), context.CancellationToken);
            return TableInspection.Of(marks.Around(reader), cancellationToken: context.CancellationToken);
        });
        marks.Check(columns.Label(parsed));
        if (asJson)
            JsonText.Write(context, inspection.ToJson());
        else
            TableInspectionView.Write(context, inspection);
    }
}
