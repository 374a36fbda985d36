using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.IsolationForest.Scoring;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>
/// Every way to score that <c>ANOMALYKIT_FOREST_KERNEL</c> can force, on one thread: shallow trees as by default, and deep ones of large samples.
/// Vectors that the machine lacks are emulated, and slow: run with <c>--envVars DOTNET_EnableAVX2:0</c> to see what a machine without AVX2 gets.
/// </summary>
public class ForestKernelBenchmarks
{
    private FeatureMatrix _data = null!;
    private float[] _scores = null!;
    private Dictionary<string, IsolationForestDetector> _detectors = null!;

    [Params(100_000)]
    public int Rows { get; set; }

    [Params(30)]
    public int Columns { get; set; }

    [Params(256, 4096)]
    public int SampleSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _scores = new float[Rows];
        _detectors = Enum.GetNames<ForestKernel>().ToDictionary(name => name, Fit);

        var rows = _data.ContiguousCells(0, 5_000);
        var expected = new float[rows.Length / Columns];
        var actual = new float[expected.Length];
        _detectors[nameof(ForestKernel.Walk)].Score(rows, expected);
        foreach (var (name, detector) in _detectors)
        {
            detector.Score(rows, actual);
            Verify.Same(expected, actual, $"the kernel {name}, compared with walking,");
        }
    }

    [Benchmark(Baseline = true)]
    public void Walk() => Score(nameof(ForestKernel.Walk));

    [Benchmark]
    public void Sliced64() => Score(nameof(ForestKernel.Sliced64));

    [Benchmark]
    public void Sliced128() => Score(nameof(ForestKernel.Sliced128));

    [Benchmark]
    public void Sliced256() => Score(nameof(ForestKernel.Sliced256));

    [Benchmark]
    public void Sliced512() => Score(nameof(ForestKernel.Sliced512));

    [Benchmark]
    public void Auto() => Score(nameof(ForestKernel.Auto));

    private void Score(string kernel) => _detectors[kernel].Score(_data.ContiguousCells(0), _scores);

    private IsolationForestDetector Fit(string kernel)
    {
        string? before = Environment.GetEnvironmentVariable(ForestKernels.EnvironmentVariable);
        Environment.SetEnvironmentVariable(ForestKernels.EnvironmentVariable, kernel == nameof(ForestKernel.Auto) ? null : kernel);
        try
        {
            return new IsolationForestTrainer { SampleSize = SampleSize, Seed = 42, Threshold = ThresholdRule.Fixed(0.6) }.Fit(_data);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ForestKernels.EnvironmentVariable, before);
        }
    }
}
