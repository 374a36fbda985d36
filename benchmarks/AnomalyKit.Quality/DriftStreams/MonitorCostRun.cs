using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit.Quality;

/// <summary>How many values or rows a second each monitor takes in, in processor time; the best of five.</summary>
internal static class MonitorCostRun
{
    private const int Rows = 1_000_000;
    private const int Columns = 30;

    public static void Print(TextWriter output)
    {
        var random = new CounterRandom(7);
        var reference = new ReferenceSample(StreamNumbers.Normal(ref random, 10_000));
        double[] values = StreamNumbers.Normal(ref random, Rows);
        float[] scores = Array.ConvertAll(values, value => (float)value);
        output.WriteLine("| monitor | million values per second | saved state, KB |");
        output.WriteLine("| --- | ---: | ---: |");
        Print(output, "martingale against a reference", () => new ReferenceMonitor(reference), monitor => monitor.UpdateAll(values));
        Print(output, "the same, power mixture", () => new ReferenceMonitor(reference, BettingStrategy.PowerMixture()), monitor => monitor.UpdateAll(values));
        Print(output, "conformal martingale", () => new ConformalMonitor(), monitor => monitor.UpdateAll(values));
        Print(output, "CUSUM on ranks", () => new RankCusumMonitor(reference), monitor => monitor.UpdateAll(values));
        Print(output, "ADWIN on ranks", () => new AdwinMonitor { Reference = reference }, monitor => monitor.UpdateAll(values));
        Print(output, "Page–Hinkley on ranks", () => new PageHinkleyMonitor { Reference = reference }, monitor => monitor.UpdateAll(values));
        var matrix = FeatureMatrix.Wrap(Array.ConvertAll(StreamNumbers.Normal(ref random, 100_000 * Columns), value => (float)value), Columns);
        Print(output, "columns, 30, rows per second", () => new ColumnMonitor(matrix.Slice(0, 10_000)), monitor => monitor.UpdateAll(matrix), matrix.RowCount);
        var decisions = new AlertDecision[Rows];
        Print(output, "tracked threshold and ceiling", () => new ScoreMonitor([], Budget(reference)), monitor => monitor.Update(scores, decisions));
        Print(
            output,
            "all monitors of scores and the budget",
            () => new ScoreMonitor(
                [new ReferenceMonitor(reference), new RankCusumMonitor(reference), new AdwinMonitor { Reference = reference }, new PageHinkleyMonitor { Reference = reference }], Budget(reference)),
            monitor => monitor.Update(scores, decisions));
    }

    private static AlertBudget Budget(ReferenceSample reference) => new(new TrackingThreshold(0.01, reference), new AlertCeiling(1000, 10_000));

    private static void Print<T>(TextWriter output, string name, Func<T> create, Action<T> feed, int rows = Rows)
    {
        double best = double.MaxValue;
        long bytes = 0;
        for (int i = 0; i < 5; i++)
        {
            var monitor = create();
            var before = Environment.CpuUsage.TotalTime;
            feed(monitor);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
            using var state = new MemoryStream();
            (monitor as DriftMonitor)?.Save(state);
            (monitor as ScoreMonitor)?.Save(state);
            bytes = state.Length;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {rows / best / 1e6:F1} | {bytes / 1024.0:F1} |"));
    }
}
