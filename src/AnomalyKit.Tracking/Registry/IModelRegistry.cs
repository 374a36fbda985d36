namespace AnomalyKit;

/// <summary>Registered models: which versions of a model there are, which run made each, and which one is used for what.</summary>
/// <remarks>Safe for any number of threads.</remarks>
public interface IModelRegistry
{
    /// <summary>Registers a model file of a run as the next version of a model; a model that is not there is created.</summary>
    /// <param name="model">The model's name, for example <c>payments</c>; no slashes, colons or percent signs.</param>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="artifactPath">The path of the model file within the run.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="RunTrackingException">There is no such run or file, or it could not be registered.</exception>
    Task<ModelVersion> RegisterModelAsync(string model, string runId, string artifactPath, CancellationToken cancellationToken = default);

    /// <summary>Finds a version.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="version">Its number, or an alias such as <c>champion</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The version; null where there is none.</returns>
    /// <exception cref="RunTrackingException">The registry could not be read.</exception>
    Task<ModelVersion?> FindModelAsync(string model, string version, CancellationToken cancellationToken = default);

    /// <summary>Lists all versions of a model, or of all models.</summary>
    /// <param name="model">The model's name; null for all models.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The versions, by model and then by number.</returns>
    /// <exception cref="RunTrackingException">The registry could not be read.</exception>
    Task<IReadOnlyList<ModelVersion>> ListModelsAsync(string? model = null, CancellationToken cancellationToken = default);

    /// <summary>Points an alias to a version; where it pointed elsewhere it is moved.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="name">The alias: letters, digits, dashes, underscores; not a number, and not <c>latest</c>.</param>
    /// <param name="version">The version's number; null removes the alias.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="RunTrackingException">There is no such version, or it could not be written.</exception>
    Task SetAliasAsync(string model, string name, int? version, CancellationToken cancellationToken = default);

    /// <summary>Says what a version is used for. Other versions of the same stage keep theirs.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="RunTrackingException">There is no such version, or it could not be written.</exception>
    Task SetStageAsync(string model, int version, ModelStage stage, CancellationToken cancellationToken = default);
}
