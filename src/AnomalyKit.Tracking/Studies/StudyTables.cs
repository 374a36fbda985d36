using AnomalyKit.Storage;

namespace AnomalyKit;

/// <summary>The tables of studies. Points are numbers as text with blanks between, which keep every digit; leases end at ticks of universal time.</summary>
internal static class StudyTables
{
    public static SchemaPart Part { get; } = new(
        "studies",
        """
        CREATE TABLE studies (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE study_settings (
            study INTEGER NOT NULL REFERENCES studies, position INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (study, position)) WITHOUT ROWID;
        CREATE TABLE trials (
            study INTEGER NOT NULL REFERENCES studies, number INTEGER NOT NULL, point TEXT NOT NULL, state INTEGER NOT NULL, value REAL, problem TEXT, owner TEXT, lease_end INTEGER NOT NULL,
            lost_workers INTEGER NOT NULL, late_report TEXT, PRIMARY KEY (study, number)) WITHOUT ROWID;
        CREATE TABLE rungs (
            study INTEGER NOT NULL, number INTEGER NOT NULL, rung INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY (study, number, rung),
            FOREIGN KEY (study, number) REFERENCES trials) WITHOUT ROWID;
        """);

    public static List<string> Names(StoreSession session) => session.List("SELECT name FROM studies ORDER BY name", row => row.GetString(0));

    public static long Find(StoreSession session, string name) => session.FindNumber("SELECT id FROM studies WHERE name = ?1", name) ?? throw StudyRules.NoStudy(name);

    public static StudyDefinition? FindDefinition(StoreSession session, string name)
    {
        if (session.FindNumber("SELECT id FROM studies WHERE name = ?1", name) is not { } study)
            return null;
        return new StudyDefinition(name, session.List(
            "SELECT name, value FROM study_settings WHERE study = ?1 ORDER BY position", row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), study));
    }

    public static StudyDefinition Insert(StoreSession session, StudyDefinition definition)
    {
        long study = session.Number("INSERT INTO studies (name) VALUES (?1) RETURNING id", definition.Name);
        for (int i = 0; i < definition.Settings.Count; i++)
            session.Execute("INSERT INTO study_settings VALUES (?1, ?2, ?3, ?4)", study, i, definition.Settings[i].Key, definition.Settings[i].Value);
        return definition;
    }
}
