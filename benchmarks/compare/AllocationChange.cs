namespace AnomalyKit.Compare;

/// <summary>Bytes an operation allocates, before and after.</summary>
/// <param name="Base">Of the base.</param>
/// <param name="Head">Of the head.</param>
/// <param name="Noise">A growth of so many bytes or fewer says nothing.</param>
/// <remarks>
/// Stray allocations (timers, the thread pool, tiering) only ever add, so the least of the runs is the estimate. They come to some kilobytes a measurement
/// whatever its number of operations: 4096 bytes over all operations are allowed for, and what the runs differ by among themselves.
/// </remarks>
internal sealed record AllocationChange(double Base, double Head, double Noise)
{
    private const double StrayBytes = 4096;

    /// <returns>Nothing where a side was not measured.</returns>
    public static AllocationChange? Of(IReadOnlyList<BenchmarkRun> baseRuns, IReadOnlyList<BenchmarkRun> headRuns, double bound)
    {
        double[] left = [.. baseRuns.Select(run => run.AllocatedBytes).OfType<double>()];
        double[] right = [.. headRuns.Select(run => run.AllocatedBytes).OfType<double>()];
        if (left.Length == 0 || right.Length == 0)
            return null;
        long operations = Math.Max(1, baseRuns.Concat(headRuns).Min(run => run.Operations));
        double spread = Math.Max(left.Max() - left.Min(), right.Max() - right.Min());
        return new AllocationChange(left.Min(), right.Min(), Math.Max(bound * left.Min(), spread) + (StrayBytes / operations));
    }

    public bool IsMore => Head - Base > Noise;

    public bool IsLess => Base - Head > Noise;
}
