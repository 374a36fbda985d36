using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>The recommended ensemble: fitting its four members, and scoring with all of them, on one thread and on all.</summary>
public class EnsembleBenchmarks
{
    private static readonly FitOptions FitSingleThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreSingleThread = new() { MaxDegreeOfParallelism = 1 };

    private FeatureMatrix _data = null!;
    private float[] _scores = null!;
    private EnsembleTrainer _trainer = null!;
    private EnsembleDetector _detector = null!;

    [Params(20_000)]
    public int Rows { get; set; }

    [Params(30)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _scores = new float[Rows];
        _trainer = RecommendedEnsemble.Create(42);
        _detector = FitOneThread();
        var probe = _data.Slice(0, 1000);
        Verify.Same(_detector.Score(probe), FitAllThreads().Score(probe), "fitting on all threads");
        ScoreOneThread();
        double auc = DetectionMetrics.RocAuc(_data.Labels.Span, _scores);
        Verify.That(auc > 0.95, $"the ROC AUC lies above 0.95 (it is {auc:F4})");
    }

    [Benchmark(Baseline = true), BenchmarkCategory("fit")]
    public EnsembleDetector FitOneThread() => _trainer.Fit(_data, FitSingleThread);

    [Benchmark, BenchmarkCategory("fit")]
    public EnsembleDetector FitAllThreads() => _trainer.Fit(_data);

    [Benchmark(Baseline = true), BenchmarkCategory("score")]
    public void ScoreOneThread() => _detector.Score(_data, _scores, ScoreSingleThread);

    [Benchmark, BenchmarkCategory("score")]
    public void ScoreAllThreads() => _detector.Score(_data, _scores);
}
