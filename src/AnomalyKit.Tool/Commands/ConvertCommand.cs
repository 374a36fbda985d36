using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Reading;
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
        command.Arguments.Add(data.Data);
        command.Options.Add(output);
        columns.AddTo(command);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            string path = parsed.GetValue(output)!;
            OutputPath.Check("--out", path, OutputPath.Of(data.Files(parsed)));
            long rows = ProgressView.Run(context, "Reading", report =>
            {
                using var reader = data.Files(parsed).Open(columns.Layout(parsed), data.Reading(parsed, context.Say), context.CancellationToken);
                using var writer = TableFiles.Create(path);
                return reader.CopyTo(writer, new Copied(copied => report(reader.Fraction, string.Create(CultureInfo.InvariantCulture, $"copied {copied:N0} rows"))), context.CancellationToken);
            });
            context.Say(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows → {path}"));
            if (common.Json(parsed))
                JsonText.Write(context, new JsonObject { ["format"] = "anomalykit.conversion", ["version"] = 1, ["rows"] = rows, ["out"] = path });
            return ExitCode.Done;
        });
        return command;
    }

    private sealed class Copied(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
