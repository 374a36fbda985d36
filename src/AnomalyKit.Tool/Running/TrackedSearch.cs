using AnomalyKit.Tool.Arguments;

namespace AnomalyKit.Tool.Running;

/// <summary>Where searches are kept: as runs, and where they are to be gone on with also trial by trial.</summary>
internal sealed class TrackedSearch : IDisposable
{
    private const string DefaultStudy = "tune";

    private readonly ToolContext _context;
    private readonly ITrackingStore? _store;
    private readonly StudyStore? _studies;
    private readonly string? _study;

    /// <param name="context">Hears of problems.</param>
    /// <param name="uri">The place of the runs; null for none.</param>
    /// <param name="study">The name under which trials are kept, so that the search can be gone on with; null not to keep them.</param>
    public TrackedSearch(ToolContext context, string? uri, string? study)
    {
        if (study is not null && uri is null)
            throw new UsageException("--study keeps trials in a file: name it by --tracking FILE.");
        _context = context;
        _study = study;
        _store = uri is null ? null : TrackingOption.Open(uri, mustExist: false);
        if (study is null)
            return;
        if (_store is not RunStore runs)
        {
            _store?.Dispose();
            throw new UsageException("A study that can be resumed is kept in a file, not on a server. Name the file with --tracking FILE, or leave out --study.");
        }

        _studies = StudyStore.In(runs);
    }

    /// <summary>How the search over a detector runs.</summary>
    public SearchOptions Options(string detector, int threads, IProgress<SearchProgress> progress) => new()
    {
        MaxDegreeOfParallelism = threads,
        Progress = progress,
        Tracker = _store,
        Store = _studies,
        StudyName = $"{_study ?? DefaultStudy}/{detector}",
    };

    /// <summary>Sends what is left, and says what could not be kept.</summary>
    public void Flush(IEnumerable<string?> problems) => TrackingNotes.Flush(_context, _store, problems);

    public void Dispose()
    {
        _studies?.Dispose();
        _store?.Dispose();
    }
}
