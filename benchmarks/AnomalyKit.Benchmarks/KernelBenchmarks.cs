using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Every detector held to kernels of one width, by the switch behind <c>ANOMALYKIT_KERNELS</c>, on one thread. Neighbours (LOF and k-NN share theirs) have no kernel of 128 bits and are scalar there.</summary>
public class KernelBenchmarks
{
    private static readonly FitOptions FitOneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreOneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ThresholdRule NoPass = ThresholdRule.Fixed(1);

    private static readonly Dictionary<string, IDetectorTrainer> Trainers = new()
    {
        ["forest"] = new IsolationForestTrainer { Seed = 42, Threshold = NoPass },
        ["envelope"] = new EllipticEnvelopeTrainer { Seed = 42, Threshold = NoPass },
        ["SVM"] = new OneClassSvmTrainer { Nu = 0.05, Threshold = NoPass },
        ["LOF"] = new LocalOutlierFactorTrainer { Neighbors = 20, Threshold = NoPass },
        ["autoencoder"] = new AutoencoderTrainer { MaxEpochs = 1, Seed = 42, Threshold = NoPass },
    };

    private readonly Dictionary<string, Action> _actions = [];

    [Params("forest score", "envelope fit", "envelope score", "SVM fit", "SVM score", "LOF fit", "LOF score", "autoencoder fit", "autoencoder score")]
    public string Work { get; set; } = "";

    [Params(10_000)]
    public int Rows { get; set; }

    [Params(30)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var data = SyntheticRows.Create(Rows, Columns);
        var scores = new float[Rows];
        string[] words = Work.Split(' ');
        var trainer = Trainers[words[0]];
        var probe = data.Slice(0, 500);
        float[]? expected = null;
        foreach (string width in KernelChoice.Widths)
        {
            KernelChoice.Force(width);
            var detector = trainer.Fit(data);
            expected ??= detector.Score(probe);
            Verify.Same(expected, detector.Score(probe), $"{words[0]} of width {width}, compared with the scalar kernel,");

            // Setting variables takes microseconds, a fit milliseconds.
            _actions[width] = words[1] == "score" ? () => detector.Score(data, scores, ScoreOneThread) : () => Fit(width, trainer, data);
        }
    }

    [Benchmark(Baseline = true)]
    public void Scalar() => _actions["scalar"]();

    [Benchmark]
    public void Bits128() => _actions["128"]();

    [Benchmark]
    public void Bits256() => _actions["256"]();

    [Benchmark]
    public void Bits512() => _actions["512"]();

    private static void Fit(string width, IDetectorTrainer trainer, FeatureMatrix data)
    {
        KernelChoice.Force(width);
        trainer.Fit(data, FitOneThread);
    }
}
