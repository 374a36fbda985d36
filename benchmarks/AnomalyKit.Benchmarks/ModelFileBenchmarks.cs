using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Model files: reading one, ready to score, and writing one.</summary>
public class ModelFileBenchmarks
{
    private IsolationForestDetector _detector = null!;
    private byte[] _file = null!;

    [Params(100, 1_000)]
    public int Trees { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var data = SyntheticRows.Create(20_000, 30);
        _detector = new IsolationForestTrainer { Trees = Trees, Seed = 42, Scaling = FeatureScaling.Standard }.Fit(data);
        using var stream = new MemoryStream();
        _detector.Save(stream);
        _file = stream.ToArray();
        Verify.Same(_detector.Score(data), Load().Score(data), "a detector that was saved and loaded");
    }

    [Benchmark(Baseline = true)]
    public IAnomalyDetector Load()
    {
        using var stream = new MemoryStream(_file, writable: false);
        return DetectorFile.Load(stream);
    }

    [Benchmark]
    public long Save()
    {
        using var stream = new MemoryStream(_file.Length);
        _detector.Save(stream);
        return stream.Length;
    }
}
