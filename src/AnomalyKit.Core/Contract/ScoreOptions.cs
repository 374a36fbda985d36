using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How the rows of a matrix are scored. None of it changes the scores.</summary>
public sealed class ScoreOptions
{
    /// <summary>The most threads used, or −1 (the default) for all processors.</summary>
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

    /// <summary>Receives the share of the rows that are scored, from 0 to 1, from the scoring threads; null (the default) for no reports.</summary>
    public IProgress<double>? Progress { get; init; }
}
