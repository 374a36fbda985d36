using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.IsolationForest.Scoring;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>The main job's forest, 100 × 256, on the real rows where they are there; <see cref="Source"/> says whether.</summary>
public class CreditCardBenchmarks
{
    private static readonly FitOptions FitOneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreSingleThread = new() { MaxDegreeOfParallelism = 1 };

    private FeatureMatrix _data = null!;
    private IsolationForestTrainer _trainer = null!;
    private IsolationForestDetector _detector = null!;
    private float[] _scores = null!;

    public static IEnumerable<string> Sources => [CreditCardRows.Find() is null ? "synthetic" : "creditcard"];

    [ParamsSource(nameof(Sources))]
    public string Source { get; set; } = "";

    [Params(CreditCardRows.Rows)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = CreditCardRows.LoadOrCreate();
        Verify.That(_data.RowCount == Rows, $"the data has {Rows} rows (it has {_data.RowCount})");
        _trainer = new IsolationForestTrainer { Seed = 42, Threshold = ThresholdRule.Fixed(0.6) };
        _detector = Fit();
        _scores = new float[Rows];
        ScoreOneThread();
        var rows = _data.ContiguousCells(0, 5_000);
        var expected = new float[rows.Length / _data.ColumnCount];
        new ForestScorer(_detector.Model, null, ForestKernel.Walk).Score(rows, expected);
        Verify.Same(expected, _scores.AsSpan(0, expected.Length), "scoring, compared with walking,");
        double auc = DetectionMetrics.RocAuc(_data.Labels.Span, _scores);
        Verify.That(auc is > 0.93 and <= 1, $"the ROC AUC lies above 0.93 (it is {auc:F4})");
    }

    [Benchmark, BenchmarkCategory("fit")]
    public IsolationForestDetector Fit() => _trainer.Fit(_data, FitOneThread);

    [Benchmark(Baseline = true), BenchmarkCategory("score")]
    public void ScoreOneThread() => _detector.Score(_data, _scores, ScoreSingleThread);

    [Benchmark, BenchmarkCategory("score")]
    public void ScoreAllThreads() => _detector.Score(_data, _scores);
}
