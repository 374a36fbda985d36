using AnomalyKit.Storage;

namespace AnomalyKit.Keeping;

/// <summary>Reads runs with all that belongs to them.</summary>
internal static class RunLoader
{
    public static RunRecord Load(StoreSession session, long run, IReadOnlyCollection<long> dead)
    {
        var record = session.First(
            "SELECT r.run_id, e.name, r.status, r.started, r.name, r.parent, r.ended, r.owner FROM runs r JOIN experiments e ON e.id = r.experiment WHERE r.id = ?1",
            row => new RunRecord(row.GetString(0), row.GetString(1), StatusOf((RunStatus)row.GetInt32(2), dead.Contains(row.GetInt64(7))), Time(row.GetInt64(3)))
            {
                Name = row.IsDBNull(4) ? null : row.GetString(4),
                ParentRunId = row.IsDBNull(5) ? null : row.GetString(5),
                Ended = row.IsDBNull(6) ? null : Time(row.GetInt64(6)),
                Parameters = EmptyTexts,
                Metrics = EmptyPoints,
                Tags = EmptyTexts,
            },
            run)!;
        return record with
        {
            Parameters = Texts(session, "SELECT name, value FROM parameters WHERE run = ?1 ORDER BY name", run),
            Tags = Texts(session, "SELECT name, value FROM tags WHERE run = ?1 ORDER BY name", run),
            Metrics = session.List("SELECT name, step, time, value FROM metrics WHERE run = ?1 ORDER BY name", row => MetricValues.ReadPoint(row, row.GetString(0), 1), run)
                .ToDictionary(point => point.Name, StringComparer.Ordinal),
        };
    }

    public static List<MetricPoint> Points(StoreSession session, long run, string metric) => session.List(
        "SELECT p.step, p.time, p.value FROM metrics m JOIN points p ON p.metric = m.id WHERE m.run = ?1 AND m.name = ?2 ORDER BY p.step, p.time, p.id",
        row => MetricValues.ReadPoint(row, metric, 0),
        run, metric);

    private static Dictionary<string, string> EmptyTexts { get; } = [];

    private static Dictionary<string, MetricPoint> EmptyPoints { get; } = [];

    private static RunStatus StatusOf(RunStatus kept, bool isOwnerGone) => kept == RunStatus.Running && isOwnerGone ? RunStatus.Lost : kept;

    private static Dictionary<string, string> Texts(StoreSession session, string sql, long run) =>
        session.List(sql, row => (Name: row.GetString(0), Value: row.GetString(1)), run).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
