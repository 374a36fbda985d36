using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AnomalyKit.Tool.Output;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Scores rows with a fitted model.</summary>
internal static class ScoreCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("score", "Scores rows with a fitted model: the kept columns, score, label, p_value where the model is calibrated, and reasons where they are asked for.");
        var model = ModelArgument.Create();
        var data = new DataOptions();
        var common = new CommonOptions();
        var threads = new ThreadsOption();
        var shards = new ShardChoice();
        var output = new Option<string>("--out") { Description = "Where the scores go: .csv, .csv.gz, .parquet, .arrow or .jsonl; standard output (CSV) by default.", HelpName = "FILE" };
        var csv = new CsvOutputOptions();
        var keep = ListOption.Create("--keep", "Columns of the data that are written beside the scores.");
        var explain = new Option<int>("--explain") { Description = "Gives anomalies up to K reasons in words.", HelpName = "K" };
        var only = new Option<string>("--only") { Description = "Writes only 'anomalies', or 'top:N', the N highest scores; a column 'row' says which rows they are.", HelpName = "WHICH" };
        command.Arguments.Add(model);
        command.Arguments.Add(data.Data);
        foreach (Option option in (Option[])[output, keep, explain, only, threads.Option])
            command.Options.Add(option);
        csv.AddTo(command);
        shards.AddTo(command);
        data.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            var options = new TableScoreOptions
            {
                KeptColumns = parsed.GetValue(keep)!,
                MaxReasons = Count("--explain", parsed.GetValue(explain)),
                MaxDegreeOfParallelism = threads.Value(parsed),
                KeepsAnomaliesOnly = parsed.GetValue(only) == "anomalies",
                TopCount = TopCount(parsed.GetValue(only)),
                KeepsRowNumbers = parsed.GetValue(only) is not null,
            };
            var detector = ModelArgument.Load(parsed.GetValue(model)!);
            var files = data.Files(parsed);
            OutputPath.Check("--out", parsed.GetValue(output), [parsed.GetValue(model)!, .. OutputPath.Of(files)]);
            OutputPath.CheckTable(parsed.GetValue(output));
            if (shards.IsGiven(parsed))
                OutputPath.CheckParts(parsed.GetValue(output), parsed.GetValue(data.Data)!);
            else
                OutputPath.CheckOutside(parsed.GetValue(output), parsed.GetValue(data.Data)!);
            var reading = data.Reading(parsed, context.Say, options.MaxDegreeOfParallelism);
            if (shards.IsGiven(parsed) && csv.IsGiven(parsed))
                throw new UsageException("Shards are written as they will be merged. Leave --out-decimal and --guard-formulas out, and give them to 'anomalykit convert' when all is merged.");
            if (shards.IsGiven(parsed))
                return ScoreShard(parsed, context, detector, files, shards, options, reading, parsed.GetValue(output), common.Json(parsed));
            string? path = parsed.GetValue(output);
            var written = path is null ? common.Json(parsed) ? TableFormat.JsonLines : TableFormat.Csv : TableFiles.FormatOf(path);
            return Score(context, detector, files, options, reading, csv.Of(parsed, written), parsed.GetValue(output), common.Json(parsed));
        });
        return command;
    }

    private static int Score(ToolContext context, TableDetector detector, TableFiles files, TableScoreOptions options, TableReadOptions reading, CsvWriteOptions writing, string? path, bool asJson)
    {
        var watch = Stopwatch.StartNew();
        var done = ProgressView.Run(context, "Opening", report =>
        {
            using var reader = detector.OpenFiles(files, options.KeptColumns, labelColumn: null, reading, context.CancellationToken);
            using var writer = path is null ? TableFiles.Create(context.Output, asJson ? TableFormat.JsonLines : TableFormat.Csv, writing) : TableFiles.Create(path, writing);
            return detector.Score(reader, writer, options with { Progress = ProgressView.Rows(reader, "scored", report) }, context.CancellationToken);
        });
        double seconds = watch.Elapsed.TotalSeconds;
        double fraction = done.RowCount == 0 ? 0 : (double)done.AnomalyCount / done.RowCount;
        context.Say(string.Create(CultureInfo.InvariantCulture, $"{done.RowCount:N0} rows in {seconds:0.0} s, {done.AnomalyCount:N0} anomalies ({fraction:P2}), threshold {detector.Threshold:G6}{(path is null ? "" : $" → {path}")}"));
        if (asJson && path is not null)
        {
            var document = JsonText.Document("score");
            document["rows"] = done.RowCount;
            document["anomalies"] = done.AnomalyCount;
            document["alert_share"] = fraction;
            document["threshold"] = JsonText.Number(detector.Threshold);
            document["score_seconds"] = seconds;
            document["out"] = path;
            JsonText.Write(context, document);
        }

        return ExitCode.Done;
    }

    private static int ScoreShard(
        ParseResult parsed, ToolContext context, TableDetector detector, TableFiles files, ShardChoice shards, TableScoreOptions options, TableReadOptions reading, string? path, bool asJson)
    {
        if (path is null)
            throw new UsageException("A shard needs --out: its part goes to the folder OUT.parts.");
        var watch = Stopwatch.StartNew();
        var part = ProgressView.Run(context, "Reading", report =>
        {
            var (plan, shard) = shards.Open(parsed, files, detector.LayoutOf(options.KeptColumns, files), reading, context.CancellationToken);
            var shardOptions = new ShardOptions { Score = options, Format = TableFiles.FormatOf(path)!.Value, Progress = ProgressView.Rows("scored", report) };
            return ShardedScoring.Run(detector, plan, shard, ShardParts.FolderOf(path), shardOptions, context.CancellationToken);
        });
        ShardChoice.Report(context, part, watch.Elapsed.TotalSeconds, asJson);
        return ExitCode.Done;
    }

    private static int? TopCount(string? only) => only switch
    {
        null or "anomalies" => null,
        _ when only.StartsWith("top:", StringComparison.Ordinal) && int.TryParse(only.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 => count,
        _ => throw new UsageException($"--only takes 'anomalies' or 'top:N' with N from 1, not '{only}'."),
    };

    private static int Count(string option, int value) => value >= 0 ? value : throw new UsageException($"{option} takes a number from 0, not {value}.");
}
