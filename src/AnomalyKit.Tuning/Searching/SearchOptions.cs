using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>How a search runs: threads, progress, and where it is kept. None of it changes what is found.</summary>
public sealed class SearchOptions
{
    /// <summary>The most threads used, or −1 (the default) for all processors. Trials run side by side first, then the folds of a trial, then the threads of a fit. The result is the same at any value.</summary>
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

    /// <summary>Receives the progress after each trial, from the searching threads; null (the default) for no reports.</summary>
    public IProgress<SearchProgress>? Progress { get; init; }

    /// <summary>Keeps the search as a run, and its trials as runs within it; null (the default) for none. A tracker that fails never ends a search: see <see cref="SearchResult.TrackingProblem"/>.</summary>
    public IRunTracker? Tracker { get; init; }
}
