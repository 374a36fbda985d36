namespace AnomalyKit.Compare;

/// <summary>Where the line between noise and regression lies.</summary>
internal sealed record CompareOptions
{
    /// <summary>A change of time below this share is never a regression, however sure it is. 0.05 is 5 %.</summary>
    public double Bound { get; init; } = 0.05;

    /// <summary>The chance that among benchmarks that did not change any is called slower or faster. 0.05 is 5 %.</summary>
    public double ErrorRate { get; init; } = 0.05;

    /// <summary>A growth of allocated bytes below this share is never a regression. 0.01 is 1 %.</summary>
    public double AllocationBound { get; init; } = 0.01;

    /// <summary>Where the noise exceeds this share, the verdict says that the measurement could not tell. 0.25 is 25 %.</summary>
    public double UnclearBeyond { get; init; } = 0.25;
}
