namespace AnomalyKit.Compare;

/// <summary>All benchmarks of two exports, paired.</summary>
internal sealed class ComparisonReport
{
    private ComparisonReport(IReadOnlyList<Comparison> comparisons, double errorRate, string environment)
    {
        Comparisons = comparisons;
        ErrorRate = errorRate;
        Environment = environment;
    }

    /// <summary>The worst verdicts first.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; }

    /// <summary>How often the interval of a single benchmark may miss.</summary>
    public double ErrorRate { get; }

    public string Environment { get; }

    public bool HasRegressed => Comparisons.Any(comparison => comparison.Verdict is Verdict.Broken or Verdict.Regressed);

    /// <summary>Pairs two exports.</summary>
    /// <remarks>
    /// With m benchmarks each interval gets the error rate divided by m (Bonferroni), so that all of them hold together: the chance of any false alarm is the
    /// stated one, whatever the number of benchmarks and however they depend on each other.
    /// </remarks>
    /// <exception cref="CompareException">They have no benchmark in common.</exception>
    public static ComparisonReport Of(BenchmarkExport before, BenchmarkExport after, CompareOptions options)
    {
        BenchmarkKey[] keys = [.. before.Keys.Union(after.Keys).Order()];
        int paired = before.Keys.Intersect(after.Keys).Count();
        if (paired == 0)
        {
            throw new CompareException(
                $"No benchmark is in both: the base has {Examples(before)}, the head {Examples(after)}. Run both with the same --filter and the same --job.");
        }

        double errorRate = options.ErrorRate / paired;
        Comparison[] comparisons =
        [
            .. keys.Select(key => Comparison.Of(key, before.Runs(key), after.Runs(key), options, errorRate))
                .OrderBy(comparison => comparison.Verdict).ThenBy(comparison => comparison.Key),
        ];
        return new ComparisonReport(comparisons, errorRate, after.Environment);
    }

    private static string Examples(BenchmarkExport export)
    {
        BenchmarkKey[] keys = [.. export.Keys.Order()];
        return keys.Length == 0 ? "none" : string.Join(", ", keys.Take(3)) + (keys.Length > 3 ? $" and {keys.Length - 3} more" : "");
    }
}
