using System.Globalization;
using AnomalyKit.Storage;
using Microsoft.Data.Sqlite;

namespace AnomalyKit;

/// <summary>Reads and writes trials, within a transaction.</summary>
internal static class TrialTables
{
    public static int Count(StoreSession session, long study) => (int)session.Number("SELECT count(*) FROM trials WHERE study = ?1", study);

    /// <summary>The trials from a number to before another, with their owners and the ends of their leases.</summary>
    public static List<(StudyTrial Trial, string? Owner, long LeaseEnd)> Read(StoreSession session, long study, int first, int end)
    {
        var rungs = session.List(
            "SELECT number, value FROM rungs WHERE study = ?1 AND number >= ?2 AND number < ?3 ORDER BY number, rung", row => (Number: row.GetInt32(0), Value: row.GetDouble(1)), study, first, end)
            .ToLookup(rung => rung.Number, rung => rung.Value);
        return session.List(
            "SELECT number, point, state, value, problem, lost_workers, late_report, owner, lease_end FROM trials WHERE study = ?1 AND number >= ?2 AND number < ?3 ORDER BY number",
            row => (Trial(row, rungs), row.IsDBNull(7) ? null : row.GetString(7), row.GetInt64(8)),
            study, first, end);
    }

    public static void Insert(StoreSession session, long study, int number, IReadOnlyList<double> point) => session.Execute(
        "INSERT INTO trials (study, number, point, state, lease_end, lost_workers) VALUES (?1, ?2, ?3, ?4, 0, 0)",
        study, number, string.Join(' ', point.Select(value => value.ToString("R", CultureInfo.InvariantCulture))), (int)TrialState.Waiting);

    /// <summary>The trial, where it runs and belongs to the owner.</summary>
    public static StudyTrial? FindOwned(StoreSession session, long study, int number, string owner) =>
        session.FindNumber("SELECT number FROM trials WHERE study = ?1 AND number = ?2 AND state = ?3 AND owner = ?4", study, number, (int)TrialState.Running, owner) is null
            ? null
            : Read(session, study, number, number + 1)[0].Trial;

    public static bool Renew(StoreSession session, long study, int number, string owner, long end) => session.Execute(
        "UPDATE trials SET lease_end = ?5 WHERE study = ?1 AND number = ?2 AND state = ?3 AND owner = ?4", study, number, (int)TrialState.Running, owner, end) == 1;

    /// <summary>Writes what may change of a trial, but for its rungs.</summary>
    public static void Update(StoreSession session, long study, StudyTrial trial, string? owner, long end) => session.Execute(
        "UPDATE trials SET state = ?3, value = ?4, problem = ?5, lost_workers = ?6, owner = ?7, lease_end = ?8 WHERE study = ?1 AND number = ?2",
        study, trial.Number, (int)trial.State, trial.Value, trial.Problem, trial.LostWorkers, owner, end);

    public static void InsertRung(StoreSession session, long study, int number, int rung, double value) =>
        session.Execute("INSERT INTO rungs VALUES (?1, ?2, ?3, ?4)", study, number, rung, value);

    public static void KeepLate(StoreSession session, long study, int number, string report) =>
        session.Execute("UPDATE trials SET late_report = ?3 WHERE study = ?1 AND number = ?2", study, number, report);

    private static StudyTrial Trial(SqliteDataReader row, ILookup<int, double> rungs)
    {
        int number = row.GetInt32(0);
        return new StudyTrial(number, [.. row.GetString(1).Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))])
        {
            State = (TrialState)row.GetInt32(2),
            Value = row.IsDBNull(3) ? null : row.GetDouble(3),
            Problem = row.IsDBNull(4) ? null : row.GetString(4),
            RungValues = [.. rungs[number]],
            LostWorkers = row.GetInt32(5),
            LateReport = row.IsDBNull(6) ? null : row.GetString(6),
        };
    }
}
