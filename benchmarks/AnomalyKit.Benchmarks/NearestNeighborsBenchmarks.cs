using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>The k-nearest-neighbours detector: fitting, which finds the neighbours of all training rows, and scoring, on one thread and on all. Engines and kernels: see <see cref="NeighborBenchmarks"/>.</summary>
public class NearestNeighborsBenchmarks
{
    private static readonly FitOptions FitSingleThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreSingleThread = new() { MaxDegreeOfParallelism = 1 };

    private FeatureMatrix _data = null!;
    private float[] _scores = null!;
    private NearestNeighborsTrainer _trainer = null!;
    private NearestNeighborsDetector _detector = null!;

    [Params(10_000, 50_000)]
    public int Rows { get; set; }

    [Params(3, 30)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(Rows, Columns);
        _scores = new float[Rows];
        _trainer = new NearestNeighborsTrainer { Neighbors = 20, Threshold = ThresholdRule.Fixed(1) };
        _detector = FitOneThread();
        Verify.Same(_detector.TrainingScores, FitAllThreads().TrainingScores, "fitting on all threads");
        Verify.Same(BruteForce(_data, 20, row: 17), _detector.TrainingScores.Slice(17, 1), "the mean of the 20 least distances");
    }

    [Benchmark(Baseline = true), BenchmarkCategory("fit")]
    public NearestNeighborsDetector FitOneThread() => _trainer.Fit(_data, FitSingleThread);

    [Benchmark, BenchmarkCategory("fit")]
    public NearestNeighborsDetector FitAllThreads() => _trainer.Fit(_data);

    [Benchmark(Baseline = true), BenchmarkCategory("score")]
    public void ScoreOneThread() => _detector.Score(_data, _scores, ScoreSingleThread);

    [Benchmark, BenchmarkCategory("score")]
    public void ScoreAllThreads() => _detector.Score(_data, _scores);

    private static float[] BruteForce(FeatureMatrix data, int neighbors, int row)
    {
        var distances = new List<double>();
        for (int other = 0; other < data.RowCount; other++)
        {
            double sum = 0;
            for (int column = 0; column < data.ColumnCount; column++)
                sum += Math.Pow((double)data.Cells(row)[column] - data.Cells(other)[column], 2);
            if (other != row)
                distances.Add(Math.Sqrt(sum));
        }

        return [(float)distances.Order().Take(neighbors).Average()];
    }
}
