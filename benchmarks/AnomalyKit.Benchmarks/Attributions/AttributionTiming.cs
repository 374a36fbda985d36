using System.Diagnostics;
using AnomalyKit.Benchmarks.Data;

namespace AnomalyKit.Benchmarks.Attributions;

/// <summary>What one case came to, on one thread.</summary>
/// <param name="Method">How the detector explains itself.</param>
/// <param name="ScoredPerSecond">Rows per second, scored in one batch.</param>
/// <param name="ExplainedPerSecond">Rows per second, explained in one batch.</param>
/// <param name="SingleMicroseconds">Microseconds for one row by itself.</param>
internal sealed record AttributionTiming(string Method, double ScoredPerSecond, double ExplainedPerSecond, double SingleMicroseconds)
{
    private const int TrainingRows = 10_000;
    private const int MaxRows = 1 << 14;
    private const int Passes = 7;
    private const int SampledAgainst = 100;
    private const double PassSeconds = 0.3;

    private static readonly AttributionOptions OneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreOneThread = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>Fits, verifies and times.</summary>
    public static AttributionTiming Measure(AttributionCase attributionCase, int columns)
    {
        var data = SyntheticRows.Create(MaxRows, columns);
        var detector = attributionCase.Trainer.Fit(data.Slice(0, TrainingRows));
        var options = new AttributionOptions { Background = attributionCase.BackgroundRows > 0 ? data.Slice(0, attributionCase.BackgroundRows) : null };
        var attributor = detector.OwnAttributor(options) ?? detector.CreateAttributor(options with { Background = data.Slice(0, SampledAgainst) });
        var work = new Work(attributor, data);
        work.Verify();
        int rows = work.RowsIn(PassSeconds);
        var scores = new float[MaxRows];
        return new AttributionTiming(
            attributor.Info.Method,
            MaxRows / Median(() => detector.Score(data, scores, ScoreOneThread)),
            rows / Median(() => work.Explain(rows)),
            Median(() => work.ExplainOneByOne(Math.Min(rows, 100))) / Math.Min(rows, 100) * 1e6);
    }

    private static double Median(Action action)
    {
        action();
        var seconds = new double[Passes];
        for (int i = 0; i < Passes; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[Passes / 2];
    }

    /// <summary>An attributor with room for what it says.</summary>
    private sealed class Work(RowAttributor attributor, FeatureMatrix data)
    {
        private readonly double[] _contributions = new double[data.RowCount * attributor.Groups.Count];
        private readonly double[] _baselines = new double[data.RowCount];
        private readonly double[] _explained = new double[data.RowCount];

        public void Explain(int rows) => attributor.Attribute(
            data.Slice(0, rows), _contributions.AsSpan(0, rows * attributor.Groups.Count), _baselines.AsSpan(0, rows), _explained.AsSpan(0, rows), OneThread);

        public void ExplainOneByOne(int rows)
        {
            for (int row = 0; row < rows; row++)
                ExplainBlock(row, 1);
        }

        /// <summary>As many rows as one pass may take; at least one.</summary>
        public int RowsIn(double seconds)
        {
            int rows = 1;
            while (rows < MaxRows)
            {
                long start = Stopwatch.GetTimestamp();
                Explain(rows);
                if (Stopwatch.GetElapsedTime(start).TotalSeconds > seconds / 2)
                    break;
                rows = Math.Min(2 * rows, MaxRows);
            }

            return rows;
        }

        public void Verify()
        {
            int rows = Math.Min(attributor.BlockRows, 64);
            for (int i = 0; i < 3; i++)
                ExplainBlock(0, rows);
            for (int row = 0; row < rows; row++)
            {
                double sum = _baselines[row];
                for (int group = 0; group < attributor.Groups.Count; group++)
                    sum += _contributions[(row * attributor.Groups.Count) + group];
                Infrastructure.Verify.That(Math.Abs(sum - _explained[row]) <= 1e-5 * Math.Max(Math.Abs(_explained[row]), 1e-3), $"row {row} adds up to {_explained[row]} (it adds up to {sum})");
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            ExplainBlock(0, rows);
            Infrastructure.Verify.That(GC.GetAllocatedBytesForCurrentThread() - before < 1000, "attributing does not allocate");
        }

        private void ExplainBlock(int start, int rows)
        {
            int groups = attributor.Groups.Count;
            attributor.AttributeRows(
                EncodedRows.Check(data.ContiguousCells(start, rows), data.Schema),
                _contributions.AsSpan(start * groups, rows * groups),
                _baselines.AsSpan(start, rows),
                _explained.AsSpan(start, rows));
        }
    }
}
