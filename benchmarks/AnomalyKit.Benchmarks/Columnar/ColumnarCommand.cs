using System.CommandLine;

namespace AnomalyKit.Benchmarks.Columnar;

/// <summary>The command line of <c>columnar</c>: write a Parquet or Arrow file of random floats, read it in batches, and say how fast and in how much memory.</summary>
internal static class ColumnarCommand
{
    public static RootCommand Create()
    {
        var rows = new Option<long>("--rows") { Description = "Rows of the file.", DefaultValueFactory = _ => 1_000_000 };
        var columns = new Option<int>("--columns") { Description = "Float columns.", DefaultValueFactory = _ => 30 };
        var batch = new Option<int>("--batch") { Description = "Rows a batch, when reading.", DefaultValueFactory = _ => 16_384 };
        var group = new Option<int>("--group") { Description = "Rows of a row group or record batch, when writing.", DefaultValueFactory = _ => 131_072 };
        var repeats = new Option<int>("--repeats") { Description = "How often the file is read; the best time counts.", DefaultValueFactory = _ => 3 };
        var score = new Option<bool>("--score") { Description = "Score the rows with an isolation forest of 100 trees, on one thread." };
        var file = new Option<string?>("--file") { Description = "Only this file: parquet-snappy, parquet-zstd, parquet-gzip, parquet-none or arrow." };
        var command = new RootCommand("Reads float columns from Parquet files of every codec and from an Arrow file.") { rows, columns, batch, group, repeats, score, file };
        command.SetAction((parsed, cancellationToken) => ColumnarRun.Run(
            new ColumnarOptions(
                parsed.GetValue(rows), parsed.GetValue(columns), parsed.GetValue(batch), parsed.GetValue(group), parsed.GetValue(repeats), parsed.GetValue(score), parsed.GetValue(file)),
            Console.Out,
            cancellationToken));
        return command;
    }
}
