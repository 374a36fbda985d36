using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How a fit runs. None of it changes the result.</summary>
public sealed class FitOptions
{
    /// <summary>The most threads used, or −1 (the default) for all processors. The fitted detector is the same, bit for bit, at any value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or below −1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init
        {
            ParallelBlocks.ResolveThreads(value);
            field = value;
        }
    } = -1;

    /// <summary>Receives the progress, from the fitting threads; null (the default) for no reports.</summary>
    public IProgress<FitProgress>? Progress { get; init; }
}
