using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.Numerics;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Fitting one-class SVMs, and scoring with every width that <c>ANOMALYKIT_SVM_KERNEL</c> can force, on one thread.</summary>
public class OneClassSvmBenchmarks
{
    private static readonly FitOptions OneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreOnOneThread = new() { MaxDegreeOfParallelism = 1 };

    private FeatureMatrix _data = null!;
    private float[] _scores = null!;
    private OneClassSvmTrainer _trainer = null!;
    private Dictionary<VectorWidth, OneClassSvmDetector> _detectors = null!;

    [Params(10_000, 50_000)]
    public int Rows { get; set; }

    [Params(30)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _scores = new float[Rows];
        _trainer = new OneClassSvmTrainer { Nu = 0.05, Scaling = FeatureScaling.Standard, Threshold = ThresholdRule.Fixed(0) };
        var fitted = Fit();
        _detectors = Enum.GetValues<VectorWidth>().ToDictionary(width => width, width => new OneClassSvmDetector(fitted.Frame, fitted.Model, width));
        var probe = _data.Slice(0, 1000);
        float[] expected = _detectors[VectorWidth.Scalar].Score(probe);
        Verify.Same(expected, FitAllThreads().Score(probe), "fitting on all threads");
        foreach (var (width, detector) in _detectors)
            Verify.Same(expected, detector.Score(probe), $"the width {width}, compared with the scalar one,");
    }

    [Benchmark(Baseline = true), BenchmarkCategory("fit")]
    public OneClassSvmDetector Fit() => _trainer.Fit(_data, OneThread);

    [Benchmark, BenchmarkCategory("fit")]
    public OneClassSvmDetector FitAllThreads() => _trainer.Fit(_data);

    [Benchmark(Baseline = true), BenchmarkCategory("score")]
    public void Scalar() => Score(VectorWidth.Scalar);

    [Benchmark, BenchmarkCategory("score")]
    public void Lanes128() => Score(VectorWidth.Lanes128);

    [Benchmark, BenchmarkCategory("score")]
    public void Lanes256() => Score(VectorWidth.Lanes256);

    [Benchmark, BenchmarkCategory("score")]
    public void Lanes512() => Score(VectorWidth.Lanes512);

    private void Score(VectorWidth width) => _detectors[width].Score(_data, _scores, ScoreOnOneThread);
}
