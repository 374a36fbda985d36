using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Growing isolation forests: alone, and with the scoring pass that finds the threshold.</summary>
public class ForestFitBenchmarks
{
    private static readonly FitOptions OneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ThresholdRule NoScoringPass = ThresholdRule.Fixed(0.6);

    private FeatureMatrix _data = null!;
    private IsolationForestTrainer _trainer = null!;

    [Params(10_000, CreditCardRows.Rows)]
    public int Rows { get; set; }

    [Params(10, 30)]
    public int Columns { get; set; }

    [Params(100, 500)]
    public int Trees { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _trainer = new IsolationForestTrainer { TreeCount = Trees, Seed = 42 };
        var probe = _data.Slice(0, 1000);
        Verify.Same(FitOneThread().Score(probe), FitAllThreads().Score(probe), "fitting on all threads");
        Verify.That(
            ThresholdAllThreads().Threshold == ThresholdOneThread().Threshold,
            "the threshold is the same on one thread and on all");
    }

    [Benchmark(Baseline = true), BenchmarkCategory("trees")]
    public IsolationForestDetector FitOneThread() => (_trainer with { Threshold = NoScoringPass }).Fit(_data, OneThread);

    [Benchmark, BenchmarkCategory("trees")]
    public IsolationForestDetector FitAllThreads() => (_trainer with { Threshold = NoScoringPass }).Fit(_data);

    [Benchmark(Baseline = true), BenchmarkCategory("trees and threshold")]
    public IsolationForestDetector ThresholdOneThread() => _trainer.Fit(_data, OneThread);

    [Benchmark, BenchmarkCategory("trees and threshold")]
    public IsolationForestDetector ThresholdAllThreads() => _trainer.Fit(_data);
}
