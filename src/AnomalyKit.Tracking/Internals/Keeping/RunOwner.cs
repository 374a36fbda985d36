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
    public static long[] Dead(StoreSession session, TimeProvider time)
    {
        long now = time.GetUtcNow().UtcTicks;
        var owners = session.List(
            "SELECT DISTINCT o.id, o.machine, o.process, o.process_started, o.lease, o.seen FROM runs r JOIN owners o ON o.id = r.owner WHERE r.status = 0",
            row => (Id: row.GetInt64(0), Process: new ProcessIdentity(row.GetString(1), row.GetInt32(2), row.GetInt64(3)), Expires: row.GetInt64(4) + row.GetInt64(5)));
        return [.. owners.Where(owner => owner.Expires < now || owner.Process.IsGone()).Select(owner => owner.Id)];
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
            _timer?.Dispose();
    }

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
