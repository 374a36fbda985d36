using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit.Quality;

/// <summary>Streams of which one of 30 columns shifts: how many rows later that is noticed, by monitors of the scores and of the columns.</summary>
internal static class DelayRun
{
    private const int Columns = 30;
    private const int RowsAfter = 20_000;
    private const double Alpha = 0.01;
    private static readonly (double Shift, int Rows)[] Shifts = [(1, 1000), (0.5, 5000)];

    public static void Print(int runs, int quietRows, int referenceRows, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var (shift, rows) in Shifts)
        {
            var delays = new SortedDictionary<int, (string Name, List<long> Delays, int Early)>();
            var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.For(0, runs, parallel, run =>
            {
                int key = 0;
                foreach (var (name, delay) in Run((ulong)run, shift, quietRows, referenceRows))
                {
                    lock (delays)
                    {
                        if (!delays.TryGetValue(key, out var line))
                            line = (name, [], 0);
                        if (delay > 0)
                            line.Delays.Add(delay);
                        delays[key] = line with { Early = line.Early + (delay < 0 ? 1 : 0) };
                    }

                    key++;
                }
            });
            Print(output, shift, rows, runs, quietRows, referenceRows, delays.Values);
        }
    }

    private static void Print(TextWriter output, double shift, int rows, int runs, int quietRows, int referenceRows, IEnumerable<(string Name, List<long> Delays, int Early)> lines)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} streams of {Columns} independent normal columns; after {quietRows:N0} quiet rows one column shifts by {shift} standard deviations. Detectors fitted on {referenceRows:N0} rows, reference {referenceRows:N0} others; –: later than {RowsAfter:N0} rows."));
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| monitor | noticed within {rows:N0} rows | median delay | 95 % within | detected before the change |"));
        output.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (name, delays, early) in lines)
        {
            long[] sorted = [.. delays.Concat(Enumerable.Repeat(long.MaxValue, Math.Max(0, runs - early - delays.Count))).Order()];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {100.0 * delays.Count(delay => delay <= rows) / Math.Max(1, runs - early):F1} % | {Quantile(sorted, 0.5)} | {Quantile(sorted, 0.95)} | {100.0 * early / runs:F1} % |"));
        }

        output.WriteLine();
    }

    private static string Quantile(long[] sorted, double probability)
    {
        if (sorted.Length == 0)
            return "–";
        long value = sorted[(int)Math.Ceiling(probability * sorted.Length) - 1];
        return value == long.MaxValue ? "–" : value.ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>For every monitor how many rows after the change it detects; 0 where it does not, −1 where it did before.</summary>
    private static List<(string Name, long Delay)> Run(ulong seed, double shift, int quietRows, int referenceRows)
    {
        var training = Draw(seed, 1, referenceRows);
        var reference = Draw(seed, 2, referenceRows);
        var stream = Draw(seed, 3, quietRows + RowsAfter, quietRows, shift);
        var found = new List<(string Name, long Delay)>();
        var detectors = new (string Name, IAnomalyDetector Detector)[]
        {
            ("forest", new IsolationForestTrainer { Seed = seed }.Fit(training, new FitOptions { MaxDegreeOfParallelism = 1 })),
            ("envelope", new EllipticEnvelopeTrainer { Seed = seed }.Fit(training, new FitOptions { MaxDegreeOfParallelism = 1 })),
        };
        foreach (var (name, detector) in detectors)
        {
            var options = new ScoreOptions { MaxDegreeOfParallelism = 1 };
            var sample = new ReferenceSample(detector.Score(reference, options));
            double[] scores = Array.ConvertAll(detector.Score(stream, options), score => (double)score);
            foreach (var (monitorName, monitor) in ScoreMonitors(sample, seed))
                found.Add(($"{name} scores: {monitorName}", Delay(monitor, scores, quietRows)));
        }

        var columns = new ColumnMonitor(reference, falseDetectionProbability: Alpha);
        columns.UpdateAll(stream);
        found.Add(("columns: martingales against the reference", After(columns.FirstDetectedAt, quietRows)));
        found.AddRange(ColumnByColumn(reference, stream, quietRows));
        return found;
    }

    private static IEnumerable<(string Name, StreamMonitor Monitor)> ScoreMonitors(ReferenceSample sample, ulong seed)
    {
        yield return ("martingale against the reference", new ReferenceMonitor(sample, falseDetectionProbability: Alpha));
        yield return ("the same, simple jumper", new ReferenceMonitor(sample, BettingStrategy.SimpleJumper(), Alpha));
        yield return ("conformal martingale", new ConformalMonitor(null, Alpha, seed));
        yield return ("CUSUM on ranks", new RankCusumMonitor(sample));
        yield return ("ADWIN on ranks", new AdwinMonitor { Reference = sample });
        yield return ("Page–Hinkley on ranks", new PageHinkleyMonitor { Reference = sample });
    }

    /// <summary>ADWIN and Page–Hinkley on every column by itself, the first detection of any. ADWIN's δ is divided by the number of columns; Page–Hinkley has nothing to divide.</summary>
    private static IEnumerable<(string Name, long Delay)> ColumnByColumn(FeatureMatrix reference, FeatureMatrix stream, int quietRows)
    {
        long? adwin = null;
        long? pageHinkley = null;
        for (int column = 0; column < Columns; column++)
        {
            var sample = new ReferenceSample(Column(reference, column));
            double[] values = Column(stream, column);
            var first = new AdwinMonitor { Reference = sample, Delta = 0.002 / Columns };
            first.UpdateAll(values);
            adwin = Least(adwin, first.FirstDetectedAt);
            var second = new PageHinkleyMonitor { Reference = sample };
            second.UpdateAll(values);
            pageHinkley = Least(pageHinkley, second.FirstDetectedAt);
        }

        yield return ("columns: ADWIN, δ .002 / 30", After(adwin, quietRows));
        yield return ("columns: Page–Hinkley", After(pageHinkley, quietRows));
    }

    private static long? Least(long? first, long? second) => first is null ? second : second is null ? first : Math.Min(first.Value, second.Value);

    private static long Delay(StreamMonitor monitor, double[] values, int quietRows)
    {
        monitor.UpdateAll(values);
        return After(monitor.FirstDetectedAt, quietRows);
    }

    private static long After(long? detectedAt, int quietRows) => detectedAt is not { } at ? 0 : at > quietRows ? at - quietRows : -1;

    private static double[] Column(FeatureMatrix rows, int column)
    {
        var values = new double[rows.RowCount];
        for (int row = 0; row < values.Length; row++)
            values[row] = rows.Cells(row)[column];
        return values;
    }

    private static FeatureMatrix Draw(ulong seed, ulong part, int rows, int shiftFrom = int.MaxValue, double shift = 0)
    {
        var random = new CounterRandom(seed, part);
        float[] cells = Array.ConvertAll(StreamNumbers.Normal(ref random, rows * Columns), value => (float)value);
        for (int row = shiftFrom; row < rows; row++)
            cells[row * Columns] += (float)shift;
        return FeatureMatrix.Wrap(cells, Columns);
    }
}
