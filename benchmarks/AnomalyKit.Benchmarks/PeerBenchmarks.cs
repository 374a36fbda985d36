using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.Benchmarks.Peers;
using BenchmarkDotNet.Attributes;
using Microsoft.ML;

namespace AnomalyKit.Benchmarks;

/// <summary>
/// What else there is in .NET, in the same process: a forest of the same trees and samples written without care for speed, and ML.NET's randomized PCA,
/// which has another definition and is compared with the elliptic envelope, a covariance too. AnomalyKit is held to one thread; ML.NET chooses.
/// </summary>
public class PeerBenchmarks
{
    private const int Trees = 100;
    private const int SampleSize = 256;
    private const int Rank = 10;

    private static readonly FitOptions FitOneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreOneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly IsolationForestTrainer ForestTrainer =
        new() { TreeCount = Trees, SampleSize = SampleSize, Seed = 42, Threshold = ThresholdRule.Fixed(0.6) };

    private static readonly EllipticEnvelopeTrainer EnvelopeTrainer = new() { Seed = 42, Threshold = ThresholdRule.Fixed(100) };

    private FeatureMatrix _data = null!;
    private float[] _scores = null!;
    private IsolationForestDetector _forest = null!;
    private EllipticEnvelopeDetector _envelope = null!;
    private NaiveForest _naive = null!;
    private RandomizedPca _pca = null!;
    private ITransformer _fittedPca = null!;

    [Params(100_000)]
    public int Rows { get; set; }

    [Params(30)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _scores = new float[Rows];
        _pca = new RandomizedPca(_data, Rank);
        _forest = ForestFit();
        _envelope = EnvelopeFit();
        _naive = NewNaiveForest();
        _fittedPca = RandomizedPcaFit();

        // Each of these finds the rows of fourfold spread, so that none is timed while it does something else.
        foreach (var (name, score) in ((string, Action)[])
            [("the forest", ForestScore), ("the naive forest", NaiveForestScore), ("the envelope", EnvelopeScore)])
        {
            score();
            double auc = DetectionMetrics.RocAuc(_data.Labels.Span, _scores);
            Verify.That(auc > 0.95, $"the ROC AUC of {name} lies above 0.95 (it is {auc:F4})");
        }

        // Its score is the share of a row's length outside the subspace: rows that are only longer, as here, do not stand out. It has to have scored, though.
        RandomizedPcaScore();
        Verify.That(_scores.All(score => score is >= 0 and <= 1) && _scores.Distinct().Count() > Rows / 2, "the randomized PCA gives shares between 0 and 1");
    }

    [Benchmark(Baseline = true), BenchmarkCategory("forest, fit")]
    public IsolationForestDetector ForestFit() => ForestTrainer.Fit(_data, FitOneThread);

    [Benchmark, BenchmarkCategory("forest, fit")]
    public object NaiveForestFit() => NewNaiveForest();

    [Benchmark(Baseline = true), BenchmarkCategory("forest, score")]
    public void ForestScore() => _forest.Score(_data, _scores, ScoreOneThread);

    [Benchmark, BenchmarkCategory("forest, score")]
    public void NaiveForestScore() => _naive.Score(_data, _scores);

    [Benchmark(Baseline = true), BenchmarkCategory("covariance, fit")]
    public EllipticEnvelopeDetector EnvelopeFit() => EnvelopeTrainer.Fit(_data, FitOneThread);

    [Benchmark, BenchmarkCategory("covariance, fit")]
    public ITransformer RandomizedPcaFit() => _pca.Fit();

    [Benchmark(Baseline = true), BenchmarkCategory("covariance, score")]
    public void EnvelopeScore() => _envelope.Score(_data, _scores, ScoreOneThread);

    [Benchmark, BenchmarkCategory("covariance, score")]
    public void RandomizedPcaScore() => _pca.Score(_fittedPca, _scores);

    private NaiveForest NewNaiveForest() => new(_data, Trees, SampleSize, seed: 42);
}
