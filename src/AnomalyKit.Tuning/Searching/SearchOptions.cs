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

    /// <summary>
    /// Keeps the trials, so that the search goes on after a crash where it was, and several processes work on one; null (the default) for memory. Give <see cref="StudyName"/> too. Trials that ended are not run
    /// again. Gone on with on other data, or with other options, the search is refused.
    /// </summary>
    public IStudyStore? Store { get; init; }

    /// <summary>The name of the search in <see cref="Store"/> and <see cref="Tracker"/>; the outer folds have it with their number: <c>search/outer-1</c>.</summary>
    /// <value><c>search</c> by default.</value>
    public string StudyName
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    } = "search";
}
