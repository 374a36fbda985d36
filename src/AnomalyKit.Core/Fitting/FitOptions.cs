using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How a fit runs, and whether the detector remembers what it was fitted on. None of it changes the model or its scores.</summary>
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

    /// <summary>
    /// Whether the detector keeps a <see cref="ReferenceProfile"/> of the rows that it is fitted on, for monitoring and attributions. By default it does: that takes a pass over the rows, sorts
    /// the columns of at most 8,192 of them, and adds about 2 KB per column and 128 rows to the model file.
    /// </summary>
    public bool KeepProfile { get; init; } = true;

    /// <summary>Whether the profile is to have columns; a preparation in front of the detector brings its own.</summary>
    internal bool ProfileColumns { get; init; } = true;
}
