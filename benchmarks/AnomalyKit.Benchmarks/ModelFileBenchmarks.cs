using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Model files: reading one, ready to score, and writing one.</summary>
public class ModelFileBenchmarks
{
    private static readonly Dictionary<string, IDetectorTrainer> Trainers = new()
    {
        ["forest of 100"] = new IsolationForestTrainer { TreeCount = 100, Seed = 42, Scaling = FeatureScaling.Standard },
        ["forest of 1,000"] = new IsolationForestTrainer { TreeCount = 1_000, Seed = 42, Scaling = FeatureScaling.Standard },
        ["envelope"] = new EllipticEnvelopeTrainer { Seed = 42 },
        ["SVM"] = new OneClassSvmTrainer { Nu = 0.05 },
        ["LOF"] = new LocalOutlierFactorTrainer { Neighbors = 20 },
        ["k-NN"] = new NearestNeighborsTrainer { Neighbors = 20 },
        ["autoencoder"] = new AutoencoderTrainer { MaxEpochs = 1, Seed = 42 },
        ["ensemble"] = RecommendedEnsemble.Create(42),
    };

    private IAnomalyDetector _detector = null!;
    private byte[] _file = null!;

    public static IEnumerable<string> Models => Trainers.Keys;

    /// <summary>What was fitted, to 20,000 rows of 30 columns.</summary>
    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var data = SyntheticRows.Create(20_000, 30);
        _detector = Trainers[Model].Fit(data);
        using var stream = new MemoryStream();
        _detector.Save(stream);
        _file = stream.ToArray();
        var probe = data.Slice(0, 1000);
        Verify.Same(_detector.Score(probe), Load().Score(probe), "a detector that was saved and loaded");
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
