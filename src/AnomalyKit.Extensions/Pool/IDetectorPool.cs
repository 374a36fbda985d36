namespace AnomalyKit;

/// <summary>The models that a host serves, by name and version.</summary>
/// <remarks>Safe for any number of threads. What is returned is a snapshot: see <see cref="ServedModel"/>.</remarks>
public interface IDetectorPool
{
    /// <summary>All models that are served, by name, newest version first.</summary>
    IReadOnlyList<ServedModel> Models { get; }

    /// <summary>How it stands with every model that is served or should be.</summary>
    IReadOnlyList<ModelStatus> Statuses { get; }

    /// <summary>Whether all files were tried, every required model was loaded once, and at least one model is served now.</summary>
    /// <remarks>A file of the folder that cannot be loaded does not count: <see cref="Statuses"/> lists it, and what can be loaded is served.</remarks>
    bool IsReady { get; }

    /// <summary>The model of requests that name none: that of <see cref="AnomalyDetectionOptions.DefaultModel"/>, or the only one; null where neither is there.</summary>
    ServedModel? DefaultModel { get; }

    /// <summary>Finds a model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version, or null for the newest.</param>
    /// <returns>The model, or null.</returns>
    ServedModel? FindModel(string name, string? version = null);

    /// <summary>Finds a model that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version, or null for the newest.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelNotFoundException">It is not; the message says what is.</exception>
    ServedModel GetModel(string name, string? version = null);

    /// <summary>Waits until <see cref="IsReady"/>.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that ends then.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken = default);
}
