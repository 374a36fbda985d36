using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.Numerics;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Fitting elliptic envelopes, and scoring with every kernel that <c>ANOMALYKIT_ENVELOPE_KERNEL</c> can force, on one thread.</summary>
public class EnvelopeBenchmarks
{
    private static readonly FitOptions OneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreOnOneThread = new() { MaxDegreeOfParallelism = 1 };

    private FeatureMatrix _data = null!;
    private float[] _scores = null!;
    private EllipticEnvelopeTrainer _trainer = null!;
    private Dictionary<VectorWidth, EllipticEnvelopeDetector> _detectors = null!;

    [Params(10_000, CreditCardRows.Rows)]
    public int Rows { get; set; }

    [Params(10, 30)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _scores = new float[Rows];
        _trainer = new EllipticEnvelopeTrainer { Threshold = ThresholdRule.Fixed(100), Seed = 42 };
        var fitted = Fit();
        _detectors = Enum.GetValues<VectorWidth>().ToDictionary(
            kernel => kernel, kernel => new EllipticEnvelopeDetector(fitted.Frame, fitted.Model, kernel));
        var probe = _data.Slice(0, 1000);
        float[] expected = _detectors[VectorWidth.Scalar].Score(probe);
        Verify.Same(expected, FitAllThreads().Score(probe), "fitting on all threads");
        foreach (var (kernel, detector) in _detectors)
            Verify.Same(expected, detector.Score(probe), $"the kernel {kernel}, compared with the scalar one,");
    }

    [Benchmark(Baseline = true), BenchmarkCategory("fit")]
    public EllipticEnvelopeDetector Fit() => _trainer.Fit(_data, OneThread);

    [Benchmark, BenchmarkCategory("fit")]
    public EllipticEnvelopeDetector FitAllThreads() => _trainer.Fit(_data);

    [Benchmark(Baseline = true), BenchmarkCategory("score")]
    public void Scalar() => Score(VectorWidth.Scalar);

    [Benchmark, BenchmarkCategory("score")]
    public void Lanes128() => Score(VectorWidth.Lanes128);

    [Benchmark, BenchmarkCategory("score")]
    public void Lanes256() => Score(VectorWidth.Lanes256);

    [Benchmark, BenchmarkCategory("score")]
    public void Lanes512() => Score(VectorWidth.Lanes512);

    private void Score(VectorWidth kernel) => _detectors[kernel].Score(_data, _scores, ScoreOnOneThread);
}
