using System.CommandLine;

namespace AnomalyKit.Benchmarks.Streaming;

/// <summary>The command line of <c>stream</c>: score a stream of rows in bounded memory, and say in how much.</summary>
internal static class StreamCommand
{
    public static RootCommand Create()
    {
        var rows = new Option<long>("--rows") { Description = "How many rows to stream.", DefaultValueFactory = _ => 10_000_000 };
        var columns = new Option<int>("--columns") { Description = "Columns of the made-up rows.", DefaultValueFactory = _ => 30 };
        var trees = new Option<int>("--trees") { Description = "Trees of the forest.", DefaultValueFactory = _ => 100 };
        var batch = new Option<int>("--batch") { Description = "Rows a batch.", DefaultValueFactory = _ => 16_384 };
        var threads = new Option<int>("--threads") { Description = "Threads that score; -1 is all.", DefaultValueFactory = _ => -1 };
        var limit = new Option<double>("--limit") { Description = "Megabytes above the model that may be used.", DefaultValueFactory = _ => 300 };
        var csv = new Option<FileInfo?>("--csv")
        {
            Description = "A CSV file to stream, again and again until there are enough rows, instead of made-up rows.",
        };
        var label = new Option<string?>("--label") { Description = "The file's label column, which is no feature." };

        foreach (var positive in (Option[])[rows, columns, trees, batch])
        {
            positive.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && long.TryParse(token.Value, out long value) && value < 1)
                    result.AddError($"{positive.Name} must be at least 1.");
            });
        }

        var command = new RootCommand("Scores a stream of rows with an isolation forest, batch by batch, and measures rows a second and memory.")
        {
            rows, columns, trees, batch, threads, limit, csv, label,
        };
        command.SetAction((parsed, cancellationToken) => StreamRun.RunAsync(
            new StreamOptions(
                parsed.GetValue(rows),
                parsed.GetValue(columns),
                parsed.GetValue(trees),
                parsed.GetValue(batch),
                parsed.GetValue(threads),
                parsed.GetValue(limit),
                parsed.GetValue(csv)?.FullName,
                parsed.GetValue(label)),
            Console.Out,
            cancellationToken));
        return command;
    }
}
