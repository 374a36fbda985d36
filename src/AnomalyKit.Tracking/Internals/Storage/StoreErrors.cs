using Microsoft.Data.Sqlite;

namespace AnomalyKit.Storage;

/// <summary>What errors of SQLite mean for somebody who keeps runs.</summary>
internal static class StoreErrors
{
    public static RunTrackingException Translate(SqliteException e, string path) => new(
        e.SqliteErrorCode switch
        {
            8 => $"The store '{path}' cannot be written: the file or its folder is read-only. Change their permissions so that you can write to both.",
            10 => $"The store '{path}' cannot be read or written: the disk reported an error ({e.Message}) Check the disk.",
            11 => $"The store '{path}' is damaged ({e.Message}) Restore it from a copy.",
            13 => $"The store '{path}' cannot be written: the disk is full. Free some space. Everything stored earlier is safe.",
            3 or 14 or 23 => $"The store '{path}' cannot be opened: the folder does not exist, or you may not read and write it.",
            26 => $"'{path}' is not a store of runs: it is not a SQLite database. Name another file.",
            _ => $"The store '{path}' cannot be used: {e.Message}",
        },
        e);
}
