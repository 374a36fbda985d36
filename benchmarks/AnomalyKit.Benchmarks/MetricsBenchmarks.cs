using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.Numerics;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>Detection metrics over many scores, nearly all different or mostly tied.</summary>
public class MetricsBenchmarks
{
    private bool[] _labels = null!;
    private float[] _scores = null!;

    [Params(1_000_000)]
    public int Rows { get; set; }

    [Params(false, true)]
    public bool Tied { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new CounterRandom(7);
        _labels = new bool[Rows];
        _scores = new float[Rows];
        for (int i = 0; i < Rows; i++)
        {
            _labels[i] = random.NextDouble() < 0.01;
            double score = random.NextDouble() * (_labels[i] ? 1.5 : 1);
            _scores[i] = (float)(Tied ? Math.Round(score, 2) : score);
        }

        double expected = RankSumAuc();
        Verify.That(Math.Abs(RocAuc() - expected) < 1e-9, $"the ROC AUC is {expected:R} (it is {RocAuc():R})");
        Verify.That(Math.Abs(Area(RocCurve()) - expected) < 1e-9, "the area under the curve is the ROC AUC");
        Verify.That(AveragePrecision() is > 0 and < 1, "the average precision lies between 0 and 1");
    }

    [Benchmark(Baseline = true)]
    public double RocAuc() => DetectionMetrics.RocAuc(_labels, _scores);

    [Benchmark]
    public double AveragePrecision() => DetectionMetrics.AveragePrecision(_labels, _scores);

    [Benchmark]
    public RocCurve RocCurve() => DetectionMetrics.RocCurve(_labels, _scores);

    [Benchmark]
    public F1Optimum BestF1() => DetectionMetrics.BestF1(_labels, _scores);

    private static double Area(RocCurve curve)
    {
        var x = curve.FalsePositiveRates.Span;
        var y = curve.TruePositiveRates.Span;
        double area = 0;
        for (int i = 1; i < x.Length; i++)
            area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        return area;
    }

    /// <summary>The same by Mann and Whitney's rank sum, with mean ranks for ties.</summary>
    private double RankSumAuc()
    {
        int[] order = [.. Enumerable.Range(0, Rows)];
        Array.Sort((float[])_scores.Clone(), order);
        double rankSum = 0;
        long anomalies = 0;
        for (int start = 0; start < Rows;)
        {
            int end = start;
            int hits = 0;
            for (; end < Rows && _scores[order[end]] == _scores[order[start]]; end++)
                hits += _labels[order[end]] ? 1 : 0;
            rankSum += hits * (start + 1 + end) / 2.0;
            anomalies += hits;
            start = end;
        }

        return (rankSum - (anomalies * (anomalies + 1) / 2.0)) / (anomalies * (double)(Rows - anomalies));
    }
}
