using System.Diagnostics;

namespace AnomalyKit.Outboxes;

/// <summary>Runs that could not be sent the last time. They come after the others, so that none of them holds up the rest. Not thread-safe.</summary>
internal sealed class FailingRuns(Backoff backoff)
{
    private const int MaxInARow = 3;

    private readonly Dictionary<long, (int Failures, long Since, TimeSpan Pause)> _runs = [];

    private readonly HashSet<long> _inARow = [];

    public bool Any => _runs.Count > 0;

    /// <summary>The runs whose time has come: those that failed least first, and of these the oldest first.</summary>
    public List<long> Due(IReadOnlyCollection<long> waiting)
    {
        foreach (long gone in _runs.Keys.Except(waiting).ToArray())
            _runs.Remove(gone);
        return [.. waiting.Where(run => !_runs.TryGetValue(run, out var failing) || Left(failing.Since, failing.Pause) <= TimeSpan.Zero).OrderBy(run => _runs.GetValueOrDefault(run).Failures)];
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isOfRun">Whether another run may do better.</param>
    /// <returns>Whether it is taken for a trouble of this run, which rests before it is tried again. Several runs that fail while none goes well are no trouble of their own.</returns>
    public bool Add(long run, bool isOfRun)
    {
        int failures = _runs.GetValueOrDefault(run).Failures;
        _inARow.Add(run);
        bool rests = isOfRun && _inARow.Count < MaxInARow;
        _runs[run] = (failures + 1, Stopwatch.GetTimestamp(), rests ? backoff.After(failures) : TimeSpan.Zero);
        return rests;
    }

    /// <summary>Notes that a run was sent.</summary>
    public void Remove(long run)
    {
        _runs.Remove(run);
        _inARow.Clear();
    }

    /// <summary>Ends all rests: somebody waits, and the trouble may be over.</summary>
    public void Wake()
    {
        foreach (long run in _runs.Keys.ToArray())
            _runs[run] = _runs[run] with { Pause = TimeSpan.Zero };
    }

    /// <summary>How long until one of them may be tried again; <paramref name="most"/> where that is sooner.</summary>
    public TimeSpan NextRest(TimeSpan most)
    {
        var next = _runs.Values.Where(failing => failing.Pause > TimeSpan.Zero).Select(failing => Left(failing.Since, failing.Pause)).Append(most).Min();
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    private static TimeSpan Left(long since, TimeSpan rest) => rest - Stopwatch.GetElapsedTime(since);
}
