using AnomalyKit.Keeping;

namespace AnomalyKit.Outboxes;

/// <summary>What a server refused, kept beside the runs: another process may send them, and the one that logged them is told.</summary>
internal sealed class OutboxProblems(RunStore store)
{
    /// <summary>The most lines about a run; the last of them says that there are more.</summary>
    public const int MaxOfRun = 100;

    /// <summary>The most lines in an outbox: the newest.</summary>
    public const int MaxOfOutbox = 10_000;

    private readonly Lock _gate = new();

    // Whoever logged these is gone: nobody else would tell.
    private readonly List<string> _left = [];
    private IReadOnlyList<string> _last = [];

    /// <summary>Notes a problem of a run. What a batch that is sent again says again counts once.</summary>
    public void Add(long run, string problem)
    {
        bool isLeft = store.File.Write(session =>
        {
            long count = session.Number("SELECT count(*) FROM outbox_problems WHERE run = ?1", run);
            if (count < MaxOfRun)
            {
                session.Execute("INSERT OR IGNORE INTO outbox_problems (run, text) VALUES (?1, ?2)", run, count < MaxOfRun - 1 ? problem : $"{problem} More problems of this run are not listed.");
                session.Execute("DELETE FROM outbox_problems WHERE id <= (SELECT max(id) FROM outbox_problems) - ?1", (long)MaxOfOutbox);
            }

            return count < MaxOfRun && RunOwner.IsGone(session, session.Number("SELECT owner FROM runs WHERE id = ?1", run), store.Time);
        });
        lock (_gate)
        {
            if (isLeft && _left.Count < MaxOfOutbox && !_left.Contains(problem))
                _left.Add(problem);
        }
    }

    /// <summary>The problems of the runs that were started here, and of those that were sent here for processes that are gone.</summary>
    public IReadOnlyList<string> Read()
    {
        long? owner = store.OwnerId;
        IReadOnlyList<string> own = owner is null ? [] : store.File.Read(session => session.List(
            "SELECT p.text FROM outbox_problems p JOIN runs r ON r.id = p.run WHERE r.owner = ?1 ORDER BY p.id", row => row.GetString(0), owner));
        lock (_gate)
            return _last = [.. own, .. _left.Except(own, StringComparer.Ordinal)];
    }

    /// <summary>What was read last; for a store that is closed.</summary>
    public IReadOnlyList<string> Last
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }
}
