using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.IsolationForest.Scoring;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Scoring many rows by the kernel that the machine gets, on one thread and on all.</summary>
public class ForestScoreBenchmarks
{
    private static readonly ScoreOptions SingleThread = new() { MaxDegreeOfParallelism = 1 };

    private FeatureMatrix _data = null!;
    private IsolationForestDetector _detector = null!;
    private float[] _scores = null!;

    [Params(10_000, CreditCardRows.Rows)]
    public int Rows { get; set; }

    [Params(10, 30, 100)]
    public int Columns { get; set; }

    [Params(100, 500)]
    public int Trees { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _detector = new IsolationForestTrainer { TreeCount = Trees, Seed = 42, Threshold = ThresholdRule.Fixed(0.6) }.Fit(_data);
        _scores = new float[Rows];

        var probe = _data.ContiguousCells(0, 5_000);
        var expected = new float[probe.Length / Columns];
        new ForestScorer(_detector.Model, null, ForestKernel.Walk).Score(probe, expected);
        OneThread();
        Verify.Same(expected, _scores.AsSpan(0, expected.Length), "one thread, compared with walking,");
        _scores.AsSpan().Clear();
        AllThreads();
        Verify.Same(expected, _scores.AsSpan(0, expected.Length), "all threads, compared with walking,");
    }

    [Benchmark(Baseline = true)]
    public void OneThread() => _detector.Score(_data, _scores, SingleThread);

    [Benchmark]
    public void AllThreads() => _detector.Score(_data, _scores);
}
