using AnomalyKit.Naming;
using AnomalyKit.Storage;

namespace AnomalyKit.Keeping;

/// <summary>Writes what belongs to runs, within a transaction.</summary>
internal static class RunWriter
{
    public static long Insert(StoreSession session, string runId, RunStart start, long owner, long now)
    {
        session.Execute("INSERT INTO experiments (name) VALUES (?1) ON CONFLICT DO NOTHING", start.Experiment);
        return session.Number(
            """
            INSERT INTO runs (run_id, experiment, name, parent, status, started, owner)
            VALUES (?1, (SELECT id FROM experiments WHERE name = ?2), ?3, ?4, 0, ?5, ?6) RETURNING id
            """,
            runId, start.Experiment, start.Name, start.ParentRunId, now, owner);
    }

    /// <summary>Refuses a run that has ended. Asked within the transaction that writes: whoever has ended the run sees all of it, and nothing follows.</summary>
    public static void CheckGoesOn(StoreSession session, long run, string runId)
    {
        if (session.Number("SELECT status FROM runs WHERE id = ?1", run) != (int)RunStatus.Running)
            throw new InvalidOperationException($"The run {runId} has ended; nothing can be logged to it any more.");
    }

    /// <summary>Keeps parameters; another value for a name is refused.</summary>
    public static void Parameters(StoreSession session, long run, string runId, IReadOnlyCollection<KeyValuePair<string, string>> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (session.Execute("INSERT INTO parameters (run, name, value) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", run, name, value) == 1)
                continue;
            string known = session.Text("SELECT value FROM parameters WHERE run = ?1 AND name = ?2", run, name)!;
            if (known != value)
                throw new RunTrackingException($"The parameter '{name}' of the run {runId} is '{known}' and cannot become '{value}'. Parameters of a run are logged once; use a tag for what changes.");
        }
    }

    public static void Tag(StoreSession session, long run, string name, string value) =>
        session.Execute("INSERT INTO tags (run, name, value) VALUES (?1, ?2, ?3) ON CONFLICT (run, name) DO UPDATE SET value = ?3", run, name, value);

    /// <summary>Keeps points, and the last one of each metric beside it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="run">The run's number.</param>
    /// <param name="points">The points.</param>
    /// <param name="now">The time of those that have none.</param>
    public static void Points(StoreSession session, long run, IReadOnlyCollection<MetricPoint> points, long now)
    {
        (string? name, long metric) = (null, 0);
        foreach (var point in points)
        {
            long time = point.Time?.UtcTicks ?? now;
            object? value = MetricValues.ToCell(point.Value);
            // One row per metric holds the point of the highest step.
            if (point.Name != name)
            {
                metric = Metric(session, run, point.Name, point.Step, time, value);
                name = point.Name;
            }
            else
            {
                session.Execute("UPDATE metrics SET step = ?2, time = ?3, value = ?4 WHERE id = ?1 AND (step, time) <= (?2, ?3)", metric, point.Step, time, value);
            }

            session.Execute("INSERT INTO points (metric, step, time, value) VALUES (?1, ?2, ?3, ?4)", metric, point.Step, time, value);
        }
    }

    public static void Artifact(StoreSession session, long run, string path, long length, string hash) => session.Execute(
        "INSERT INTO artifacts (run, path, length, hash) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (run, path) DO UPDATE SET length = ?3, hash = ?4", run, path, length, hash);

    /// <summary>Ends a run; one that has ended stays as it is.</summary>
    public static void End(StoreSession session, long run, RunStatus status, long now) =>
        session.Execute("UPDATE runs SET status = ?2, ended = ?3 WHERE id = ?1 AND status = 0", run, (int)status, now);

    public static void Check(IReadOnlyCollection<KeyValuePair<string, string>> pairs, string kind)
    {
        foreach (var (name, value) in pairs)
        {
            KeptNames.Check(kind, name);
            KeptNames.CheckValue(kind, name, value);
        }
    }

    private static long Metric(StoreSession session, long run, string name, long step, long time, object? value)
    {
        if (session.FindNumber("SELECT id FROM metrics WHERE run = ?1 AND name = ?2", run, name) is not { } known)
            return session.Number("INSERT INTO metrics (run, name, step, time, value) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id", run, name, step, time, value);
        session.Execute("UPDATE metrics SET step = ?2, time = ?3, value = ?4 WHERE id = ?1 AND (step, time) <= (?2, ?3)", known, step, time, value);
        return known;
    }
}
