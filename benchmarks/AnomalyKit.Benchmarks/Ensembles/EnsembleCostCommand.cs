using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.Numerics;

namespace AnomalyKit.Benchmarks.Ensembles;

/// <summary>The command line of <c>ensemble-cost</c>: one row of the table of costs in docs/ensemble.md. One size a process, because the peak memory is that of the process.</summary>
internal static class EnsembleCostCommand
{
    // Enough to score for a second or so.
    private const long ScoredCells = 3_000_000;

    private const int Passes = 3;

    public static RootCommand Create()
    {
        var rows = new Option<int>("--rows") { Description = "Training rows.", DefaultValueFactory = _ => 50_000 };
        var columns = new Option<int>("--columns") { Description = "Columns of the made-up rows.", DefaultValueFactory = _ => 30 };
        var small = new Option<bool>("--small") { Description = "RecommendedEnsemble.Small in place of Create." };
        var command = new RootCommand("Fits a recommended ensemble on two threads and scores on one; seconds are of processor time.") { rows, columns, small };
        command.SetAction(parsed => Run(parsed.GetValue(rows), parsed.GetValue(columns), parsed.GetValue(small), Console.Out));
        return command;
    }

    private static int Run(int rows, int columns, bool isSmall, TextWriter output)
    {
        if (rows < 2 || columns < 1)
        {
            Console.Error.WriteLine("There must be at least two rows and one column.");
            return 1;
        }

        var data = Rows(rows, columns);
        var trainer = isSmall ? RecommendedEnsemble.Small(42) : RecommendedEnsemble.Create(42);
        double before = ProcessorSeconds();
        var watch = Stopwatch.StartNew();
        var detector = trainer.Fit(data, new FitOptions { MaxDegreeOfParallelism = 2 });
        double fit = ProcessorSeconds() - before;
        double elapsed = watch.Elapsed.TotalSeconds;
        long peak = Process.GetCurrentProcess().PeakWorkingSet64;

        var scored = data.Slice(0, (int)Math.Clamp(ScoredCells / columns, 1, rows));
        var scores = new float[scored.RowCount];
        var options = new ScoreOptions { MaxDegreeOfParallelism = 1 };
        detector.Score(scored, scores, options);
        double least = double.PositiveInfinity;
        for (int pass = 0; pass < Passes; pass++)
        {
            before = ProcessorSeconds();
            detector.Score(scored, scores, options);
            least = Math.Min(least, ProcessorSeconds() - before);
        }

        output.WriteLine($"{Machine.Describe()}.");
        output.WriteLine();
        output.WriteLine("| ensemble | rows × columns | fit, processor time | fit, elapsed | peak memory | scoring |");
        output.WriteLine("| --- | --- | ---: | ---: | ---: | ---: |");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| `{(isSmall ? "Small" : "Create")}` | {rows:N0} × {columns:N0} | {fit:F1} s | {elapsed:F1} s | {peak >> 20} MiB | {scored.RowCount / least:N0} rows/s |"));
        return 0;
    }

    private static double ProcessorSeconds() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>Normal columns with a common part.</summary>
    private static FeatureMatrix Rows(int rows, int columns)
    {
        var cells = new float[(long)rows * columns];
        for (int row = 0; row < rows; row++)
        {
            var random = new CounterRandom(1, (ulong)row);
            double common = random.NextGaussian();
            for (int j = 0; j < columns; j++)
                cells[((long)row * columns) + j] = (float)(common + random.NextGaussian());
        }

        return FeatureMatrix.Wrap(cells, columns);
    }
}
