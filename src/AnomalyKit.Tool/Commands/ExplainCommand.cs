using System.CommandLine;
using System.Text.Json.Nodes;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Says why rows have their scores.</summary>
internal static class ExplainCommand
{
    private const int DefaultTop = 10;
    private const int DefaultReasons = 3;

    public static Command Create(ToolContext context)
    {
        var command = new Command("explain", "Explains why rows are anomalies: what each column contributed, the reasons in words, and the change that would end the alert.");
        var model = ModelArgument.Create();
        var data = new DataOptions();
        var common = new CommonOptions();
        var threads = new ThreadsOption();
        var row = new Option<long?>("--row") { Description = "The number of one row: the first row of data is 0, and a header is not counted.", HelpName = "N" };
        var top = new Option<int?>("--top") { Description = $"The K rows of the highest scores; {DefaultTop} by default.", HelpName = "K" };
        var where = new Option<string>("--where") { Description = $"The rows whose cell in a column holds this text, such as an id; the first {DefaultTop} of them, or K with --top.", HelpName = "COLUMN=VALUE" };
        var reasons = new Option<int>("--reasons") { Description = $"The most reasons of a row; {DefaultReasons} by default.", HelpName = "K", DefaultValueFactory = _ => DefaultReasons };
        var keep = ListOption.Create("--keep", "Columns of the data that are shown beside the row, such as ids.");
        command.Arguments.Add(model);
        command.Arguments.Add(data.Data);
        foreach (Option option in (Option[])[row, where, top, reasons, keep, threads.Option])
            command.Options.Add(option);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            if (parsed.GetValue(row) is not null && parsed.GetValue(top) is not null)
                throw new UsageException("--row and --top exclude each other. Give one of them.");
            if (parsed.GetValue(row) is not null && parsed.GetValue(where) is not null)
                throw new UsageException("--row and --where exclude each other. Give one of them.");
            if (parsed.GetValue(row) < 0)
                throw new UsageException($"--row takes a number from 0, not {parsed.GetValue(row)}.");
            var cell = Cell(parsed.GetValue(where));
            if (parsed.GetValue(top) < 1)
                throw new UsageException($"--top takes a number from 1, not {parsed.GetValue(top)}.");
            if (parsed.GetValue(reasons) < 0)
                throw new UsageException($"--reasons takes a number from 0, not {parsed.GetValue(reasons)}.");
            string[] kept = [.. parsed.GetValue(keep)!.Distinct()];
            var detector = ModelArgument.Load(parsed.GetValue(model)!);
            string[] read = cell is { } named ? [.. kept.Union([named.Column])] : kept;
            var options = new ExplanationOptions { MaxReasons = parsed.GetValue(reasons) };
            var explained = ProgressView.Run(context, "Reading", report =>
            {
                using var reader = detector.OpenFiles(data.Files(parsed), read, reading: data.Reading(parsed, context.Say, threads.Value(parsed)), cancellationToken: context.CancellationToken);
                if (parsed.GetValue(row) is { } number)
                    return [detector.ExplainRow(reader, number, options, context.CancellationToken)];
                if (cell is var (column, text))
                    return detector.ExplainWhere(reader, column, text, parsed.GetValue(top) ?? DefaultTop, options, context.CancellationToken);
                var scoring = new TableScoreOptions { MaxDegreeOfParallelism = threads.Value(parsed), Progress = ProgressView.Rows(reader, "scored", report) };
                return detector.ExplainTop(reader, parsed.GetValue(top) ?? DefaultTop, options, scoring, context.CancellationToken);
            });
            if (common.Json(parsed))
                JsonText.Write(context, new JsonArray([.. explained.Select(row => ExplainedRowView.Json(row, kept))]));
            else
                ExplainedRowView.Print(context, explained, kept);
            return ExitCode.Done;
        });
        return command;
    }

    private static (string Column, string Text)? Cell(string? where)
    {
        if (where is null)
            return null;
        int at = where.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (where[..at], where[(at + 1)..]) : throw new UsageException($"--where takes COLUMN=VALUE, such as id=4711, not '{where}'.");
    }
}
