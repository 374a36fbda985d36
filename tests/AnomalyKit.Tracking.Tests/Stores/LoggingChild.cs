using System.Globalization;

namespace AnomalyKit.Tracking.Tests.Stores;

/// <summary>A process that logs metrics, one by one and in batches, and writes to its output what was acknowledged.</summary>
internal static class LoggingChild
{
    public const int BatchSize = 10;

    public static void Run(string[] args)
    {
        using var store = RunStore.Open(args[0], new RunStoreOptions { BusyTimeout = Patience.Long });
        using var run = store.StartRun(new RunStart("killed"));
        int most = int.Parse(args[1], CultureInfo.InvariantCulture);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true, NewLine = "\n" };
        output.WriteLine(run.Id);
        for (int step = 0; step < most; step += BatchSize + 1)
        {
            run.LogMetrics([new MetricPoint("single", step, step)]);
            run.LogMetrics([.. Enumerable.Range(step + 1, BatchSize).Select(i => new MetricPoint("batch", i, i))]);
            output.WriteLine(step.ToString(CultureInfo.InvariantCulture));
        }

        run.Complete();
    }
}
