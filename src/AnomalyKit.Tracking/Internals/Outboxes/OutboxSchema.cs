using AnomalyKit.Storage;

namespace AnomalyKit.Outboxes;

/// <summary>What of a store of runs a server has not got yet. Triggers write it down in the transaction that keeps the thing itself.</summary>
/// <remarks>Points need no mark: those that the server has are deleted. What is in flight is marked before it is sent, so that whoever comes after a crash asks the server first.</remarks>
internal static class OutboxSchema
{
    /// <summary>What the server refused of which run. A part of its own: older versions that share the outbox do not look at it.</summary>
    public static SchemaPart Problems { get; } = new(
        "outbox_problems", "CREATE TABLE outbox_problems (id INTEGER PRIMARY KEY, run INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (run, text))");

    public static SchemaPart Part { get; } = new(
        "outbox",
        """
        CREATE TABLE outbox_runs (run INTEGER PRIMARY KEY, server_id TEXT, is_asked INTEGER NOT NULL DEFAULT 0, last_sent_point INTEGER, sent_status INTEGER NOT NULL DEFAULT 0, is_done INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE outbox_parameters (run INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (run, name)) WITHOUT ROWID;
        CREATE TABLE outbox_tags (run INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (run, name)) WITHOUT ROWID;
        CREATE TABLE outbox_artifacts (run INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (run, path)) WITHOUT ROWID;
        CREATE TRIGGER outbox_run AFTER INSERT ON runs BEGIN INSERT INTO outbox_runs (run) VALUES (new.id); END;
        CREATE TRIGGER outbox_parameter AFTER INSERT ON parameters BEGIN INSERT INTO outbox_parameters VALUES (new.run, new.name); END;
        CREATE TRIGGER outbox_tag AFTER INSERT ON tags BEGIN INSERT OR IGNORE INTO outbox_tags VALUES (new.run, new.name); END;
        CREATE TRIGGER outbox_tag_again AFTER UPDATE ON tags BEGIN INSERT OR IGNORE INTO outbox_tags VALUES (new.run, new.name); END;
        CREATE TRIGGER outbox_artifact AFTER INSERT ON artifacts BEGIN INSERT OR IGNORE INTO outbox_artifacts VALUES (new.run, new.path); END;
        CREATE TRIGGER outbox_artifact_again AFTER UPDATE ON artifacts BEGIN INSERT OR IGNORE INTO outbox_artifacts VALUES (new.run, new.path); END;
        """);
}
