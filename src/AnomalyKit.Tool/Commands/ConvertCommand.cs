using System.CommandLine;
using System.Globalization;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Copies a table from one format to another.</summary>
internal static class ConvertCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("convert", "Copies a table into one file of another format.");
        var data = new DataOptions();
        var columns = new ColumnOptions();
        var common = new CommonOptions();
        var output = new Option<string>("--out") { Description = "The file: .csv, .csv.gz, .parquet, .arrow or .jsonl.", HelpName = "FILE", Required = true };
        var csv = new CsvOutputOptions();
        command.Arguments.Add(data.Data);
        command.Options.Add(output);
        csv.AddTo(command);
        columns.AddTo(command);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            string path = parsed.GetValue(output)!;
            var files = data.Files(parsed);
            OutputPath.Check("--out", path, OutputPath.Of(files));
            OutputPath.CheckTable(path);
            var writing = csv.Of(parsed, TableFiles.FormatOf(path));
            long rows = ProgressView.Run(context, "Reading", report =>
            {
                using var reader = files.Open(columns.Layout(parsed), data.Reading(parsed, context.Say), context.CancellationToken);
                using var writer = TableFiles.Create(path, writing);
                return reader.CopyTo(writer, ProgressView.Count(reader, "copied", report), context.CancellationToken);
            });
            context.Say(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows → {path}"));
            if (common.Json(parsed))
            {
                var document = JsonText.Document("conversion");
                document["rows"] = rows;
                document["out"] = path;
                JsonText.Write(context, document);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
