using System.Diagnostics;
using System.Globalization;

namespace AnomalyKit.Benchmarks.Streaming;

/// <summary>Fits a forest, streams rows through it and reports time and memory.</summary>
internal static class StreamRun
{
    /// <summary>Runs; gives 0, or 1 where the memory limit was passed.</summary>
    public static async Task<int> RunAsync(StreamOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var detector = Fit(options);
        using var watch = new MemoryWatch();
        var clock = Stopwatch.StartNew();
        long rows = 0;
        long anomalies = 0;
        double sum = 0;
        var scoring = new ScoreOptions { MaxDegreeOfParallelism = options.Threads };
        await foreach (var batch in detector.ScoreAsync(RowStream.Open(options, detector.Schema), scoring, cancellationToken))
        {
            rows += batch.Data.RowCount;
            foreach (float score in batch.Scores.Span)
            {
                sum += score;
                anomalies += score > detector.Threshold ? 1 : 0;
            }
        }

        double seconds = clock.Elapsed.TotalSeconds;
        watch.Sample();
        bool bounded = watch.PeakMegabytes <= options.LimitMegabytes;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            source            {options.Csv ?? "made-up rows"}, {detector.Schema.ColumnCount} columns, batches of {options.BatchRows} rows
            forest            {detector.TreeCount} trees × {detector.SampleSize} rows
            rows              {rows:N0} in {seconds:F2} s: {rows / seconds:N0} rows/s
            scores            mean {sum / rows:F6}, {anomalies:N0} anomalies
            memory before     {watch.MegabytesBefore:F0} MB working set, with runtime and model
            peak above that   {watch.PeakMegabytes:F0} MB working set, {watch.PeakManagedMegabytes:F0} MB of it (committed) managed
            limit             {options.LimitMegabytes:F0} MB: {(bounded ? "kept" : "PASSED")}
            """));
        return bounded ? 0 : 1;
    }

    /// <summary>In a method of its own, so that the training rows are garbage when the watch begins.</summary>
    private static IsolationForestDetector Fit(StreamOptions options)
    {
        var data = RowStream.TrainingRows(options);
        return new IsolationForestTrainer { TreeCount = options.Trees, Seed = 42 }.Fit(data);
    }
}
