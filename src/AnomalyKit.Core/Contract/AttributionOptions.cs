using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How rows are explained.</summary>
public sealed record AttributionOptions
{
    /// <summary>
    /// Whether to explain by sampling orders of the columns (<see cref="Permutations"/>) even where the detector has a method of its own. False by default. Sampling treats every detector alike and is
    /// slower by orders of magnitude: it is the referee.
    /// </summary>
    public bool UseSampling { get; init; }

    /// <summary>Rows that stand for what is usual: a column that is not known takes their values. Null (the default) for the method that needs none. All rows given are used.</summary>
    /// <remarks>For a forest, rows given here change the method: from path-dependent to interventional values.</remarks>
    public FeatureMatrix? Background { get; init; }

    /// <summary>The background of sampling where <see cref="Background"/> is null. Null (the default) for the training rows that the detector's profile keeps.</summary>
    /// <remarks>It changes nothing for detectors with a method of their own.</remarks>
    public FeatureMatrix? SamplingBackground { get; init; }

    /// <summary>The groups of columns that are explained as one. Null (the default) for each column by itself.</summary>
    public ColumnGroups? Groups { get; init; }

    /// <summary>For sampling: pairs of orders of the columns (one and its reverse) for every background row. 1 by default.</summary>
    /// <remarks>A row costs 2 × pairs × background rows × (columns − 1) scores, and the standard error falls with the root of that.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 1,000,000.</exception>
    public int Permutations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1_000_000);
            field = value;
        }
    } = 1;

    /// <summary>For sampling: the seed of the orders. 0 by default.</summary>
    public ulong Seed { get; init; }

    /// <summary>The most threads used for matrices, or −1 (the default) for all processors. It changes no result.</summary>
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

    /// <summary>Receives the share of the rows that are explained, from 0 to 1; null (the default) for no reports.</summary>
    public IProgress<double>? Progress { get; init; }
}
