using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit.Quality;

/// <summary>Stationary streams: how many ever show drift.</summary>
internal static class FalseDetectionRun
{
    private const double Alpha = 0.01;
    private static readonly int[] ReferenceSizes = [100, 1000, 10_000];

    public static void Print(int streams, int rows, TextWriter output, CancellationToken cancellationToken)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{streams:N0} stationary streams of {rows:N0} standard normal values; tied: rounded to halves."));
        output.WriteLine();
        output.WriteLine("| monitor | streams that ever show drift | detections per million values |");
        output.WriteLine("| --- | ---: | ---: |");
        var lines = new SortedDictionary<int, (string Name, int Streams, long Detections)>();
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        foreach (bool tied in new[] { false, true })
        {
            Parallel.For(0, streams, parallel, stream =>
            {
                var random = new CounterRandom(tied ? 2UL : 1UL, (ulong)stream);
                var reference = Round(StreamNumbers.Normal(ref random, ReferenceSizes[^1]), tied);
                var values = Round(StreamNumbers.Normal(ref random, rows), tied);
                int key = tied ? 1000 : 0;
                foreach (var (name, monitor) in Monitors(reference, tied, (ulong)stream))
                {
                    monitor.UpdateAll(values);
                    lock (lines)
                    {
                        var line = lines.GetValueOrDefault(key, (name, 0, 0));
                        lines[key] = (name, line.Streams + (monitor.DetectionCount > 0 ? 1 : 0), line.Detections + monitor.DetectionCount);
                    }

                    key++;
                }
            });
        }

        int columns = 0;
        Parallel.For(0, streams, parallel, stream =>
        {
            var monitor = new ColumnMonitor(Rows(3, stream, ReferenceSizes[^1]), falseDetectionProbability: Alpha);
            if (monitor.UpdateAll(Rows(4, stream, rows)) > 0)
                Interlocked.Increment(ref columns);
        });
        lines[2000] = ("30 columns, reference of 10,000, change-point", columns, columns);
        foreach (var (name, found, detections) in lines.Values)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {100.0 * found / streams:F1} % | {detections * 1e6 / streams / rows:F2} |"));
    }

    private static IEnumerable<(string Name, StreamMonitor Monitor)> Monitors(double[] all, bool tied, ulong seed)
    {
        string ties = tied ? ", tied" : "";
        var strategies = new (string Name, BettingStrategy Strategy)[]
        {
            ("change-point", BettingStrategy.ChangePoint()),
            ("simple jumper", BettingStrategy.SimpleJumper()),
            ("power mixture", BettingStrategy.PowerMixture()),
            ("power .92", BettingStrategy.Power()),
        };
        foreach (var (name, strategy) in strategies)
        {
            yield return ($"conformal, {name}{ties}", new ConformalMonitor(strategy, Alpha, seed));
            foreach (int size in ReferenceSizes)
                yield return (string.Create(CultureInfo.InvariantCulture, $"reference of {size:N0}, {name}{ties}"), new ReferenceMonitor(new ReferenceSample(all.AsSpan(0, size)), strategy, Alpha));
        }

        var reference = new ReferenceSample(all);
        yield return ($"CUSUM on ranks, run length 10,000,000{ties}", new RankCusumMonitor(reference, 1e7));
        yield return ($"CUSUM on ranks, run length 1,000,000{ties}", new RankCusumMonitor(reference));
        yield return ($"ADWIN on ranks, δ .002{ties}", new AdwinMonitor { Reference = reference });
        yield return ($"ADWIN on ranks, δ .00001{ties}", new AdwinMonitor { Reference = reference, Delta = 1e-5 });
        yield return ($"Page–Hinkley on ranks, λ 50{ties}", new PageHinkleyMonitor { Reference = reference });
    }

    private static FeatureMatrix Rows(ulong seed, int stream, int rows)
    {
        var random = new CounterRandom(seed, (ulong)stream);
        return FeatureMatrix.Wrap(Array.ConvertAll(StreamNumbers.Normal(ref random, rows * 30), value => (float)value), 30);
    }

    private static double[] Round(double[] values, bool tied) => tied ? Array.ConvertAll(values, value => Math.Round(2 * value) / 2) : values;
}
