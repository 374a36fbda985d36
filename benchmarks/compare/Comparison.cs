namespace AnomalyKit.Compare;

/// <summary>One benchmark, before and after.</summary>
internal sealed record Comparison(BenchmarkKey Key, Verdict Verdict)
{
    /// <summary>The median of the runs, in nanoseconds; nothing where there is no run that did not fail.</summary>
    public double? BaseMedian { get; init; }

    /// <inheritdoc cref="BaseMedian"/>
    public double? HeadMedian { get; init; }

    public TimeRatio? Time { get; init; }

    public AllocationChange? Allocation { get; init; }

    /// <summary>Beyond noise and bound.</summary>
    public bool Slower { get; init; }

    /// <summary>Beyond noise and bound.</summary>
    public bool Faster { get; init; }

    public bool AllocatesMore => Allocation is { IsMore: true };

    public static Comparison Of(BenchmarkKey key, IReadOnlyList<BenchmarkRun> baseRuns, IReadOnlyList<BenchmarkRun> headRuns, CompareOptions options, double errorRate)
    {
        BenchmarkRun[] left = [.. baseRuns.Where(run => !run.Failed)];
        BenchmarkRun[] right = [.. headRuns.Where(run => !run.Failed)];
        var unpaired = new Comparison(key, Verdict.New) { BaseMedian = Median(left), HeadMedian = Median(right) };
        // One failure among several runs is a failure: whatever fails now and then is broken.
        if (headRuns.Count > right.Length)
            return unpaired with { Verdict = Verdict.Broken };
        if (right.Length == 0)
            return unpaired with { Verdict = Verdict.Gone };
        if (left.Length == 0)
            return unpaired;

        var time = TimeRatio.Of(left, right, errorRate);
        var allocation = AllocationChange.Of(left, right, options.AllocationBound);
        double bound = Math.Max(options.Bound, time.NoiseShare);
        bool slower = time.Ratio > 1 + bound;
        bool faster = time.Ratio < 1 / (1 + bound);
        return unpaired with
        {
            Time = time,
            Allocation = allocation,
            Slower = slower,
            Faster = faster,
            Verdict = slower || allocation is { IsMore: true } ? Verdict.Regressed
                : faster || allocation is { IsLess: true } ? Verdict.Improved
                : time.NoiseShare > options.UnclearBeyond ? Verdict.Unclear
                : Verdict.Same,
        };
    }

    private static double? Median(BenchmarkRun[] runs) => runs.Length == 0 ? null : Medians.Of(runs.Select(run => run.Median));
}
