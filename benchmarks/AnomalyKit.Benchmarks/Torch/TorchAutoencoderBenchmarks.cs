using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks.Torch;

/// <summary>One epoch of managed training beside one of TorchSharp, on one thread of the CPU. Part of builds with <c>Torch=true</c> in the environment.</summary>
public class TorchAutoencoderBenchmarks
{
    private static readonly FitOptions OneThread = new() { MaxDegreeOfParallelism = 1 };

    private FeatureMatrix _data = null!;
    private AutoencoderTrainer _managed = null!;
    private AutoencoderTrainer _torch = null!;

    [Params(10_000, 200_000)]
    public int Rows { get; set; }

    [Params(30)]
    public int Columns { get; set; }

    /// <summary>The reference's hidden layers, and ones that managed code has no advantage in.</summary>
    [Params("16-8-16", "256-64-256")]
    public string Widths { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _managed = With(new ManagedEngine());
        _torch = With(new TorchEngine { Device = TorchDevice.Cpu });
        double managed = Managed().History[0].Loss;
        double torch = TorchSharp().History[0].Loss;
        Verify.That(Math.Abs(managed - torch) < 0.1 * managed, $"both engines come to about the same loss ({managed:F4} and {torch:F4})");
    }

    [Benchmark(Baseline = true)]
    public AutoencoderDetector Managed() => _managed.Fit(_data, OneThread);

    [Benchmark]
    public AutoencoderDetector TorchSharp() => _torch.Fit(_data, OneThread);

    private AutoencoderTrainer With(AutoencoderEngine engine) => new()
    {
        Engine = engine,
        HiddenWidths = LayerWidths.Of([.. Widths.Split('-').Select(int.Parse)]),
        MaxEpochs = 1,
        TrimmedFraction = 0,
        Measure = ErrorMeasure.MeanSquare,
        Threshold = ThresholdRule.Fixed(1),
        Seed = 42,
    };
}
