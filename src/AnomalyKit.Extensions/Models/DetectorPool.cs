namespace AnomalyKit;

/// <summary>The models of a host, loaded from files and swapped whole.</summary>
public sealed class DetectorPool : IDetectorPool
{
    private readonly string? _defaultModel;
    private readonly ServedModel[] _models;

    /// <summary>A pool of detectors that are in memory already.</summary>
    /// <param name="models">The models.</param>
    /// <param name="defaultModel">The model of requests that name none; null for the only one.</param>
    public DetectorPool(IEnumerable<ServedModel> models, string? defaultModel = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        _models = [.. models.OrderBy(model => model.Name, StringComparer.Ordinal)];
        _defaultModel = defaultModel;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ServedModel> Models => _models;

    /// <inheritdoc/>
    public IReadOnlyList<ModelStatus> Statuses => [.. _models.Select(model => new ModelStatus(model.Name, model.Version, true, true, null, model.Source, model.LoadedAt))];

    /// <inheritdoc/>
    public bool IsReady => _models.Length > 0;

    /// <inheritdoc/>
    public ServedModel? DefaultModel => _defaultModel is { } name ? FindModel(name) : _models is [var only] ? only : null;

    /// <inheritdoc/>
    public ServedModel? FindModel(string name, string? version = null)
    {
        foreach (var model in _models)
        {
            if (model.Name == name && (version is null || model.Version == version))
                return model;
        }

        return null;
    }

    /// <inheritdoc/>
    public ServedModel GetModel(string name, string? version = null) => FindModel(name, version)
        ?? throw new ModelNotFoundException($"There is no model '{name}'{(version is null ? "" : $" of version '{version}'")}; served are: {string.Join(", ", (object[])_models)}.");
}
