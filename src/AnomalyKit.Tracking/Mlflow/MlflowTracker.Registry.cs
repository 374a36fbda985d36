using AnomalyKit.Naming;
using AnomalyKit.Protocol;

namespace AnomalyKit;

public sealed partial class MlflowTracker
{
    private MlflowModels Models => field ??= new MlflowModels(_http);

    /// <inheritdoc/>
    /// <remarks>Asks the server at once, because only the server can give the number: what was logged before is sent first.</remarks>
    /// <exception cref="ArgumentException">The model's name cannot be kept.</exception>
    public async Task<ModelVersion> RegisterModelAsync(string model, string runId, string artifactPath, CancellationToken cancellationToken = default)
    {
        KeptNames.CheckTitle("model", model);
        ArtifactPath.Check(artifactPath);
        if (!await _loop.DrainAsync(_options.FlushTimeout, cancellationToken).ConfigureAwait(false))
            throw new RunTrackingException(Unsent());
        string id = ServerId(runId);
        var files = await ListArtifactsAsync(runId, cancellationToken).ConfigureAwait(false);
        if (!files.Any(file => file.Path == artifactPath))
            throw new RunTrackingException($"The run {runId} on {Server} has no artifact '{artifactPath}', so it cannot be registered as '{model}'. Log the model file first.");
        string source = $"{await ReadAsync(() => _artifacts.RootAsync(id, cancellationToken), cancellationToken).ConfigureAwait(false)}/{artifactPath}";
        await AskAsync(() => Models.CreateModelAsync(model, cancellationToken), cancellationToken).ConfigureAwait(false);
        int last = await LastVersionAsync(model, cancellationToken).ConfigureAwait(false);
        try
        {
            return await Models.CreateVersionAsync(model, id, source, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerAwayException e) when (e.MayHaveActed)
        {
            // Only its answer may have been lost: a version that is new and of this run is the one.
            var versions = await ListModelsAsync(model, cancellationToken).ConfigureAwait(false);
            return versions.LastOrDefault(version => version.Version > last && version.RunId == id && version.ArtifactPath == artifactPath)
                ?? throw new RunTrackingException($"The model '{model}' was not registered: {e.Message} Try again.", e);
        }
        catch (Exception e) when (e is ServerAwayException or ServerRefusalException or ServerUnusableException)
        {
            throw new RunTrackingException($"The model '{model}' was not registered: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public Task<ModelVersion?> FindModelAsync(string model, string version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(version);
        return ReadAsync(() => Models.FindAsync(model, version, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ModelVersion>> ListModelsAsync(string? model = null, CancellationToken cancellationToken = default) =>
        await ReadAsync(() => Models.ListAsync(model, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The alias is none.</exception>
    public Task SetAliasAsync(string model, string name, int? version, CancellationToken cancellationToken = default)
    {
        AliasName.Check(name);
        return AskAsync(() => Models.SetAliasAsync(model, name, version, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetStageAsync(string model, int version, ModelStage stage, CancellationToken cancellationToken = default) => !Enum.IsDefined(stage)
        ? throw new ArgumentOutOfRangeException(nameof(stage), stage, $"There is no stage {stage}.")
        : AskAsync(() => Models.SetStageAsync(model, version, stage, cancellationToken), cancellationToken);

    private async Task<int> LastVersionAsync(string model, CancellationToken cancellationToken) =>
        (await ListModelsAsync(model, cancellationToken).ConfigureAwait(false)).Select(version => version.Version).DefaultIfEmpty().Max();

    // Aliases, stages and names of models are set, not added: asking twice does what asking once does.
    private Task<bool> AskAsync(Func<Task> ask, CancellationToken cancellationToken) => ReadAsync(
        async () =>
        {
            await ask().ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
