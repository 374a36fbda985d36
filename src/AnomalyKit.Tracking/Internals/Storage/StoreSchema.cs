namespace AnomalyKit.Storage;

/// <summary>Which version of whose tables a file has.</summary>
internal static class StoreSchema
{
    /// <summary>Whether the tables of a part are there in the version that is known here.</summary>
    /// <exception cref="RunTrackingException">They are of a newer version.</exception>
    public static bool IsCurrent(StoreSession session, SchemaPart part, string path)
    {
        int version = VersionOf(session, part);
        return version <= part.Steps.Length ? version == part.Steps.Length : throw new RunTrackingException(
            $"The store '{path}' was written by a newer version of AnomalyKit: its tables of {part.Name} have version {version}, and {part.Steps.Length} is known here. Update AnomalyKit.");
    }

    /// <summary>Takes the steps that are missing; what another process did since is seen.</summary>
    public static void Upgrade(StoreSession session, SchemaPart part, string path)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS schema_parts (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID");
        if (IsCurrent(session, part, path))
            return;
        foreach (string step in part.Steps.AsSpan(VersionOf(session, part)))
            session.Execute(step);
        session.Execute("INSERT INTO schema_parts VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET version = ?2", part.Name, part.Steps.Length);
    }

    private static int VersionOf(StoreSession session, SchemaPart part) => session.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_parts'") == 0 ? 0
        : (int)(session.FindNumber("SELECT version FROM schema_parts WHERE name = ?1", part.Name) ?? 0);
}
