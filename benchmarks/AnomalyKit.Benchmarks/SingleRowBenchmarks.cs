using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>One row a call, as a service has them: no allocation.</summary>
public class SingleRowBenchmarks
{
    private FeatureMatrix _data = null!;
    private IsolationForestDetector _detector = null!;
    private float[] _scores = null!;
    private int _next;

    /// <summary>Rows a call.</summary>
    [Params(1, 16)]
    public int Rows { get; set; }

    [Params(30)]
    public int Columns { get; set; }

    [Params(100, 500)]
    public int Trees { get; set; }

    /// <summary>Whether rows are standardised on the way.</summary>
    [Params(false, true)]
    public bool Scaled { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _data = SyntheticRows.Create(1 << 14, Columns);
        _detector = new IsolationForestTrainer
        {
            TreeCount = Trees,
            Seed = 42,
            Scaling = Scaled ? FeatureScaling.Standard : FeatureScaling.None,
        }.Fit(_data);
        _scores = new float[Rows];

        float[] all = _detector.Score(_data);
        for (int i = 0; i < 1000; i++)
        {
            int row = _next;
            Score();
            Verify.Same(all.AsSpan(row, Rows), _scores, "a call of few rows");
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Score();
        Verify.That(GC.GetAllocatedBytesForCurrentThread() - before < 1000, "scoring does not allocate");
    }

    /// <summary>Another row every time, so that branches are as hard to foresee as in a service.</summary>
    [Benchmark]
    public void Score()
    {
        _detector.Score(_data.ContiguousCells(_next, Rows), _scores);
        _next = (_next + Rows) & ((1 << 14) - 1);
    }
}
