namespace AnomalyKit.Compare;

/// <summary>One benchmark of one run, which is one process.</summary>
/// <param name="Nanoseconds">The time of one operation, an iteration each; empty where the benchmark failed.</param>
/// <param name="AllocatedBytes">Bytes an operation, or nothing where they were not measured.</param>
/// <param name="Operations">How many operations the bytes were counted over.</param>
internal sealed record BenchmarkRun(IReadOnlyList<double> Nanoseconds, double? AllocatedBytes, long Operations)
{
    public bool Failed => Nanoseconds.Count == 0;

    public double Median { get; } = Nanoseconds.Count == 0 ? double.NaN : Medians.Of(Nanoseconds);
}
