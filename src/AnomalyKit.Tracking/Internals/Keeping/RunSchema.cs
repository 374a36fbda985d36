using AnomalyKit.Storage;

namespace AnomalyKit.Keeping;

/// <summary>The tables of runs. Times are in ticks of universal time; a value that is null is NaN, which SQLite does not know.</summary>
internal static class RunSchema
{
    public static SchemaPart Part { get; } = new(
        "runs",
        """
        CREATE TABLE experiments (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE owners (id INTEGER PRIMARY KEY, machine TEXT NOT NULL, process INTEGER NOT NULL, process_started INTEGER NOT NULL, lease INTEGER NOT NULL, seen INTEGER NOT NULL);
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE, experiment INTEGER NOT NULL REFERENCES experiments, name TEXT, parent TEXT,
            status INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER, owner INTEGER NOT NULL REFERENCES owners);
        CREATE INDEX runs_by_experiment ON runs (experiment, started);
        CREATE INDEX runs_by_parent ON runs (parent) WHERE parent IS NOT NULL;
        CREATE TABLE parameters (run INTEGER NOT NULL REFERENCES runs, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (run, name)) WITHOUT ROWID;
        CREATE TABLE tags (run INTEGER NOT NULL REFERENCES runs, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (run, name)) WITHOUT ROWID;
        CREATE TABLE metrics (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs, name TEXT NOT NULL, step INTEGER NOT NULL, time INTEGER NOT NULL, value REAL, UNIQUE (run, name));
        CREATE TABLE points (id INTEGER PRIMARY KEY, metric INTEGER NOT NULL REFERENCES metrics, step INTEGER NOT NULL, time INTEGER NOT NULL, value REAL);
        CREATE INDEX points_by_metric ON points (metric, step, time);
        CREATE TABLE artifacts (run INTEGER NOT NULL REFERENCES runs, path TEXT NOT NULL, length INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (run, path)) WITHOUT ROWID;
        CREATE TABLE models (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE model_versions (
            model INTEGER NOT NULL REFERENCES models, version INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES runs, path TEXT NOT NULL, stage INTEGER NOT NULL, created INTEGER NOT NULL,
            PRIMARY KEY (model, version)) WITHOUT ROWID;
        CREATE TABLE model_aliases (
            model INTEGER NOT NULL, alias TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (model, alias), FOREIGN KEY (model, version) REFERENCES model_versions) WITHOUT ROWID;
        """);
}
