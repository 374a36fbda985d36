using System.Diagnostics;
using AnomalyKit.Storage;

namespace AnomalyKit.Keeping;

/// <summary>The process that runs belong to. It shows from time to time that it lives; the runs of one that does not are lost.</summary>
internal sealed class RunOwner : IDisposable
{
    private readonly StoreFile _file;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long? _id;

    public RunOwner(StoreFile file, TimeProvider time, TimeSpan lease)
    {
        _file = file;
        _time = time;
        _lease = lease;
    }

    /// <summary>The processes of a store that are gone, of those that have runs which go on.</summary>
    public static long[] Dead(StoreSession session, TimeProvider time) =>
        [.. Read(session, "WHERE o.id IN (SELECT owner FROM runs WHERE status = 0)").Where(owner => IsGone(owner, time)).Select(owner => owner.Id)];

    /// <summary>Whether a process of a store is gone.</summary>
    public static bool IsGone(StoreSession session, long owner, TimeProvider time) => Read(session, "WHERE o.id = ?1", owner).TrueForAll(found => IsGone(found, time));

    /// <summary>The owner's number in the store; null where it was not needed yet.</summary>
    public long? Id
    {
        get
        {
            lock (_gate)
                return _id;
        }
    }

    /// <summary>The owner's number in the store; written down when it is first needed.</summary>
    public long Register()
    {
        lock (_gate)
        {
            if (_id is { } known)
                return known;
            var process = ProcessIdentity.Current;
            long id = _file.Write(session => session.Number(
                "INSERT INTO owners (machine, process, process_started, lease, seen) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
                process.Machine, process.Id, process.Started, _lease.Ticks, _time.GetUtcNow().UtcTicks));
            _timer = _time.CreateTimer(_ => ShowLife(), null, _lease / 4, _lease / 4);
            _id = id;
            return id;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            if (_id is not null)
                LetGo();
        }
    }

    // The process may live on, but nobody shows that it does any more.
    private void LetGo()
    {
        try
        {
            _file.Write(session => session.Execute("UPDATE owners SET lease = -1 WHERE id = ?1", _id));
        }
        catch (Exception e) when (e is RunTrackingException or ObjectDisposedException)
        {
            // The lease ends by itself.
            Debug.WriteLine(e);
        }
    }

    private static List<(long Id, ProcessIdentity Process, long Expires)> Read(StoreSession session, string condition, params ReadOnlySpan<object?> values) => session.List(
        $"SELECT o.id, o.machine, o.process, o.process_started, o.lease, o.seen FROM owners o {condition}",
        row => (row.GetInt64(0), new ProcessIdentity(row.GetString(1), row.GetInt32(2), row.GetInt64(3)), row.GetInt64(4) + row.GetInt64(5)),
        values);

    private static bool IsGone((long Id, ProcessIdentity Process, long Expires) owner, TimeProvider time) => owner.Expires < time.GetUtcNow().UtcTicks || owner.Process.IsGone();

    private void ShowLife()
    {
        try
        {
            _file.Write(session => session.Execute("UPDATE owners SET seen = ?2 WHERE id = ?1", _id, _time.GetUtcNow().UtcTicks));
        }
        catch (Exception e) when (e is RunTrackingException or ObjectDisposedException)
        {
            // The next time may go better; until then the runs may look lost, which costs nothing.
            Debug.WriteLine(e);
        }
    }
}
