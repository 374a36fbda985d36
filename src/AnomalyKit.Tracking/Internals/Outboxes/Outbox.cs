using System.Diagnostics;
using AnomalyKit.Keeping;
using AnomalyKit.Storage;

namespace AnomalyKit.Outboxes;

/// <summary>A run in an outbox.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Record">What is known of it, without its metrics.</param>
/// <param name="ServerId">The server's identifier; null where the server does not know it yet.</param>
/// <param name="IsAsked">Whether the server was asked to create it, and its answer may have been lost.</param>
/// <param name="LastSentPoint">The last point of a batch whose answer may have been lost; null for none.</param>
/// <param name="SentStatus">The last status that the server was told.</param>
internal sealed record OutboxRun(long Number, RunRecord Record, string? ServerId, bool IsAsked, long? LastSentPoint, RunStatus SentStatus);

/// <summary>What is still to be sent, and what is known to have arrived.</summary>
internal sealed class Outbox(RunStore store)
{
    /// <summary>How long a run whose process is gone is waited for: the process may only be paused.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromDays(30);

    private StoreFile File => store.File;

    /// <summary>The runs of which the server does not know everything, the oldest first.</summary>
    public List<long> Waiting() => File.Read(session => session.List(
        """
        SELECT run FROM outbox_runs o JOIN runs r ON r.id = o.run WHERE o.is_done = 0 AND (o.server_id IS NULL
            OR o.sent_status <> CASE WHEN r.status = 0 AND r.owner IN (SELECT value FROM json_each(?1)) THEN 4 ELSE r.status END
            OR EXISTS (SELECT 1 FROM outbox_parameters x WHERE x.run = o.run) OR EXISTS (SELECT 1 FROM outbox_tags x WHERE x.run = o.run)
            OR EXISTS (SELECT 1 FROM outbox_artifacts x WHERE x.run = o.run) OR EXISTS (SELECT 1 FROM metrics m JOIN points p ON p.metric = m.id WHERE m.run = o.run))
        ORDER BY run
        """,
        row => row.GetInt64(0),
        $"[{string.Join(',', RunOwner.Dead(session, store.Time))}]"));

    /// <summary>Whether a run that the server does not know yet belongs to another one that it does not know yet either: it would lose its parent.</summary>
    public bool WaitsForParent(long run) => File.Read(session => session.FindNumber(
        """
        SELECT p.id FROM runs r JOIN outbox_runs o ON o.run = r.id JOIN runs p ON p.run_id = r.parent JOIN outbox_runs q ON q.run = p.id
        WHERE r.id = ?1 AND o.server_id IS NULL AND q.server_id IS NULL AND q.is_done = 0
        """,
        run)) is not null;

    public OutboxRun Load(long run) => File.Read(session =>
    {
        var record = RunLoader.Load(session, run, RunOwner.Dead(session, store.Time));
        return session.First(
            "SELECT server_id, is_asked, last_sent_point, sent_status FROM outbox_runs WHERE run = ?1",
            row => new OutboxRun(run, record, row.IsDBNull(0) ? null : row.GetString(0), row.GetInt64(1) != 0, row.IsDBNull(2) ? null : row.GetInt64(2), (RunStatus)row.GetInt32(3)),
            run)!;
    });

    /// <summary>The server's identifier of a run, which may be one of the server's itself.</summary>
    public string? ServerIdOf(string runId) => File.Read(session => session.Text("SELECT o.server_id FROM outbox_runs o JOIN runs r ON r.id = o.run WHERE r.run_id = ?1", runId));

    /// <summary>Whether a run is one of the outbox's.</summary>
    public bool IsOwn(string runId) => File.Read(session => session.FindNumber("SELECT id FROM runs WHERE run_id = ?1", runId)) is not null;

    public void MarkAsked(long run) => File.Write(session => session.Execute("UPDATE outbox_runs SET is_asked = 1 WHERE run = ?1", run), isFlushed: true);

    public void SetServerId(long run, string id) => File.Write(session => session.Execute("UPDATE outbox_runs SET server_id = ?2 WHERE run = ?1", run, id), isFlushed: true);

    /// <summary>What comes next of a run; null where nothing is left.</summary>
    public OutboxBatch? NextBatch(long run, int maxItems) => File.Read(session => OutboxBatch.Read(session, run, maxItems));

    /// <summary>Notes that points up to one may have arrived.</summary>
    public void MarkSending(long run, OutboxBatch batch)
    {
        if (batch.Points.Count > 0)
            File.Write(session => session.Execute("UPDATE outbox_runs SET last_sent_point = ?2 WHERE run = ?1", run, batch.Points.Max(point => point.Id)));
    }

    /// <summary>Removes what has arrived, or what the server will never take.</summary>
    public void Remove(long run, OutboxBatch batch) => File.Write(session =>
    {
        foreach (var (name, _) in batch.Parameters)
            session.Execute("DELETE FROM outbox_parameters WHERE run = ?1 AND name = ?2", run, name);
        // A tag that was set anew meanwhile is still to be sent.
        foreach (var (name, value) in batch.Tags)
            session.Execute("DELETE FROM outbox_tags WHERE run = ?1 AND name = ?2 AND EXISTS (SELECT 1 FROM tags t WHERE t.run = ?1 AND t.name = ?2 AND t.value = ?3)", run, name, value);
        RemovePoints(session, run, batch.Points.Select(point => point.Id));
    });

    /// <summary>The points of which the server may know.</summary>
    public List<(long Id, MetricPoint Point)> PointsUpTo(long run, long last) => File.Read(session => OutboxBatch.ReadPoints(session, run, last, int.MaxValue));

    /// <summary>Removes points that the server has; what is left was not sent.</summary>
    public void RemovePoints(long run, IEnumerable<long> ids) => File.Write(session => RemovePoints(session, run, ids));

    public List<(string Path, string Hash)> Artifacts(long run) => File.Read(session => Artifacts(session, run));

    public void RemoveArtifact(long run, string path, string hash) => File.Write(session => session.Execute(
        "DELETE FROM outbox_artifacts WHERE run = ?1 AND path = ?2 AND EXISTS (SELECT 1 FROM artifacts a WHERE a.run = ?1 AND a.path = ?2 AND a.hash = ?3)", run, path, hash));

    public void SetSentStatus(long run, RunStatus status) => File.Write(session => session.Execute("UPDATE outbox_runs SET sent_status = ?2 WHERE run = ?1", run, (int)status));

    /// <summary>Forgets a run that has ended and arrived as a whole; its identifiers are kept for its parts.</summary>
    /// <returns>False where something is left to be sent: then nothing is forgotten.</returns>
    public bool Forget(long run)
    {
        var hashes = File.Write(session => IsLeft(session, run) ? (List<string>?)null : Remove(session, run));
        RemoveContents(hashes ?? []);
        return hashes is not null;
    }

    /// <summary>Forgets the runs whose processes gave no sign of life for 30 days, as far as the server has all of them. They end as killed, as the server was told.</summary>
    public void ForgetLost() => RemoveContents(File.Write(session =>
    {
        long now = store.Now;
        var hashes = new List<string>();
        var lost = session.List(
            "SELECT o.run FROM outbox_runs o JOIN runs r ON r.id = o.run JOIN owners w ON w.id = r.owner WHERE o.is_done = 0 AND r.status = 0 AND o.sent_status = ?1 AND w.seen < ?2",
            row => row.GetInt64(0), (long)RunStatus.Lost, now - MaxPause.Ticks);
        foreach (long run in lost.Where(run => !IsLeft(session, run)))
        {
            RunWriter.End(session, run, RunStatus.Killed, now);
            hashes.AddRange(Remove(session, run));
        }

        return hashes;
    }));

    /// <summary>Forgets a run that the server will never take, and all that is left of it.</summary>
    public void Abandon(long run) => RemoveContents(File.Write(session => Remove(session, run)));

    /// <summary>Removes contents of artifacts that no run has any more. Young ones may be of a run that is just keeping them.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(store.Artifacts.Root))
            return;
        var known = File.Read(session => session.List("SELECT hash FROM artifacts", row => row.GetString(0))).ToHashSet(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(store.Artifacts.Root, "*", SearchOption.AllDirectories))
        {
            if (!known.Contains(Path.GetFileName(path)) && DateTime.UtcNow - System.IO.File.GetLastWriteTimeUtc(path) > TimeSpan.FromHours(1))
                System.IO.File.Delete(path);
        }
    }

    private static List<(string Path, string Hash)> Artifacts(StoreSession session, long run) => session.List(
        "SELECT a.path, a.hash FROM outbox_artifacts o JOIN artifacts a ON a.run = o.run AND a.path = o.path WHERE o.run = ?1 ORDER BY a.path", row => (row.GetString(0), row.GetString(1)), run);

    private static bool IsLeft(StoreSession session, long run) => OutboxBatch.Read(session, run, 1) is not null || Artifacts(session, run).Count > 0;

    /// <returns>The hashes of the run's contents, which other runs may have, too.</returns>
    private static List<string> Remove(StoreSession session, long run)
    {
        var hashes = session.List("SELECT DISTINCT hash FROM artifacts WHERE run = ?1", row => row.GetString(0), run);
        foreach (string table in (string[])["outbox_parameters", "outbox_tags", "outbox_artifacts", "parameters", "tags", "artifacts"])
            session.Execute($"DELETE FROM {table} WHERE run = ?1", run);
        session.Execute("DELETE FROM points WHERE metric IN (SELECT id FROM metrics WHERE run = ?1)", run);
        session.Execute("DELETE FROM metrics WHERE run = ?1", run);
        session.Execute("UPDATE outbox_runs SET is_done = 1 WHERE run = ?1", run);
        return hashes;
    }

    // Their rows are gone for good before: a content without a row is swept away, a row without its content would be a loss. As a writer, so that nobody brings the same content meanwhile.
    private void RemoveContents(List<string> hashes)
    {
        if (hashes.Count == 0)
            return;
        try
        {
            File.Write(session =>
            {
                foreach (string hash in hashes.Where(hash => session.FindNumber("SELECT 1 FROM artifacts WHERE hash = ?1", hash) is null))
                    store.Artifacts.Remove(hash);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody reads it. The next tracker sweeps it away.
            Debug.WriteLine(e);
        }
    }

    private static void RemovePoints(StoreSession session, long run, IEnumerable<long> ids)
    {
        foreach (long id in ids)
            session.Execute("DELETE FROM points WHERE id = ?1", id);
        session.Execute("UPDATE outbox_runs SET last_sent_point = NULL WHERE run = ?1", run);
    }
}
