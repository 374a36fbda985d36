using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.Numerics;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Fitting local outlier factors with both engines and with every kernel that <c>ANOMALYKIT_NEIGHBOR_KERNEL</c> can force, and scoring, on one thread.</summary>
public class NeighborBenchmarks
{
    private static readonly FitOptions OneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreOnOneThread = new() { MaxDegreeOfParallelism = 1 };

    private FeatureMatrix _data = null!;
    private float[] _scores = null!;
    private LocalOutlierFactorTrainer _trainer = null!;
    private LocalOutlierFactorDetector _detector = null!;

    [Params(10_000, 50_000)]
    public int Rows { get; set; }

    [Params(3, 10, 30)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _scores = new float[Rows];
        _trainer = new LocalOutlierFactorTrainer { Neighbors = 20, Threshold = ThresholdRule.Fixed(2) };
        _detector = _trainer.Fit(_data);

        // On some of the rows: the scalar kernel takes long.
        var probe = _data.Slice(0, 5_000);
        float[] expected = Fit(probe, NeighborEngine.Tree, VectorWidth.Scalar);
        foreach (var engine in Enum.GetValues<NeighborEngine>())
        {
            foreach (var kernel in Enum.GetValues<VectorWidth>())
                Verify.Same(expected, Fit(probe, engine, kernel), $"the engine {engine} with the kernel {kernel}");
        }
    }

    [Benchmark(Baseline = true), BenchmarkCategory("fit")]
    public LocalOutlierFactorDetector Tree() => Fit(NeighborEngine.Tree, VectorWidth.Auto);

    [Benchmark, BenchmarkCategory("fit")]
    public LocalOutlierFactorDetector BruteForce() => Fit(NeighborEngine.BruteForce, VectorWidth.Auto);

    [Benchmark, BenchmarkCategory("fit")]
    public LocalOutlierFactorDetector TreeLanes256() => Fit(NeighborEngine.Tree, VectorWidth.Lanes256);

    [Benchmark, BenchmarkCategory("fit")]
    public LocalOutlierFactorDetector TreeLanes512() => Fit(NeighborEngine.Tree, VectorWidth.Lanes512);

    [Benchmark(Baseline = true), BenchmarkCategory("score")]
    public void Score() => _detector.Score(_data, _scores, ScoreOnOneThread);

    private LocalOutlierFactorDetector Fit(NeighborEngine engine, VectorWidth kernel) =>
        (_trainer with { Engine = engine, Kernel = kernel }).Fit(_data, OneThread);

    private float[] Fit(FeatureMatrix rows, NeighborEngine engine, VectorWidth kernel) =>
        (_trainer with { Engine = engine, Kernel = kernel }).Fit(rows).TrainingScores.ToArray();
}
