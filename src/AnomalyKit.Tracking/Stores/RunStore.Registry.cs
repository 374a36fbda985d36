using System.Globalization;
using AnomalyKit.Naming;
using AnomalyKit.Storage;

namespace AnomalyKit;

public sealed partial class RunStore
{
    private const string Versions =
        "SELECT m.name, v.version, r.run_id, v.path, v.stage, v.created FROM model_versions v JOIN models m ON m.id = v.model JOIN runs r ON r.id = v.run";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The model's name cannot be kept.</exception>
    public Task<ModelVersion> RegisterModelAsync(string model, string runId, string artifactPath, CancellationToken cancellationToken = default)
    {
        KeptNames.CheckTitle("model", model);
        ArtifactPath.Check(artifactPath);
        return Task.FromResult(File.Write(
            session =>
            {
                long run = NumberOf(session, runId);
                if (session.FindNumber("SELECT length FROM artifacts WHERE run = ?1 AND path = ?2", run, artifactPath) is null)
                    throw new RunTrackingException($"The run {runId} has no artifact '{artifactPath}', so it cannot be registered as '{model}'. Log the model file first.");
                session.Execute("INSERT INTO models (name) VALUES (?1) ON CONFLICT DO NOTHING", model);
                long id = session.Number("SELECT id FROM models WHERE name = ?1", model);
                long version = session.Number(
                    """
                    INSERT INTO model_versions (model, version, run, path, stage, created)
                    VALUES (?1, (SELECT 1 + coalesce(max(version), 0) FROM model_versions WHERE model = ?1), ?2, ?3, 0, ?4) RETURNING version
                    """,
                    id, run, artifactPath, Now);
                return Find(session, model, version)!;
            },
            isFlushed: true));
    }

    /// <inheritdoc/>
    public Task<ModelVersion?> FindModelAsync(string model, string version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(version);
        return Task.FromResult(File.Read(session =>
        {
            long? number = long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long given) ? given
                : session.FindNumber("SELECT a.version FROM model_aliases a JOIN models m ON m.id = a.model WHERE m.name = ?1 AND a.alias = ?2", model, version);
            return number is { } known ? Find(session, model, known) : null;
        }));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ModelVersion>> ListModelsAsync(string? model = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ModelVersion>>(File.Read(session => session
            .List($"{Versions} WHERE ?1 IS NULL OR m.name = ?1 ORDER BY m.name, v.version", Read, model)
            .ConvertAll(version => WithAliases(session, version))));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The alias is none.</exception>
    public Task SetAliasAsync(string model, string name, int? version, CancellationToken cancellationToken = default)
    {
        AliasName.Check(name);
        File.Write(
            session =>
            {
                if (version is { } number)
                {
                    session.Execute(
                        "INSERT INTO model_aliases (model, alias, version) VALUES (?1, ?2, ?3) ON CONFLICT (model, alias) DO UPDATE SET version = ?3", ModelOf(session, model, number), name, (long)number);
                }
                else
                {
                    session.Execute("DELETE FROM model_aliases WHERE model = (SELECT id FROM models WHERE name = ?1) AND alias = ?2", model, name);
                }
            },
            isFlushed: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SetStageAsync(string model, int version, ModelStage stage, CancellationToken cancellationToken = default)
    {
        if (!Enum.IsDefined(stage))
            throw new ArgumentOutOfRangeException(nameof(stage), stage, $"There is no stage {stage}.");
        File.Write(
            session => session.Execute("UPDATE model_versions SET stage = ?3 WHERE model = ?1 AND version = ?2", ModelOf(session, model, version), (long)version, (long)stage),
            isFlushed: true);
        return Task.CompletedTask;
    }

    private long ModelOf(StoreSession session, string model, int version) =>
        session.FindNumber("SELECT m.id FROM models m JOIN model_versions v ON v.model = m.id WHERE m.name = ?1 AND v.version = ?2", model, (long)version)
        ?? throw new RunTrackingException($"There is no version {version} of the model '{model}' in '{Path}'. List the models to see which there are.");

    private static ModelVersion? Find(StoreSession session, string model, long version) =>
        session.First($"{Versions} WHERE m.name = ?1 AND v.version = ?2", Read, model, version) is { } found ? WithAliases(session, found) : null;

    private static ModelVersion WithAliases(StoreSession session, ModelVersion version) => version with
    {
        Aliases = session.List(
            "SELECT a.alias FROM model_aliases a JOIN models m ON m.id = a.model WHERE m.name = ?1 AND a.version = ?2 ORDER BY a.alias", row => row.GetString(0), version.Model, (long)version.Version),
    };

    private static ModelVersion Read(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), (ModelStage)row.GetInt32(4))
    {
        Aliases = [],
        Created = new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
    };
}
