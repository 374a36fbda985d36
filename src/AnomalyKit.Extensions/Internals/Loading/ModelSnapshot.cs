using System.Collections.Frozen;

namespace AnomalyKit.Serving.Loading;

/// <summary>What is served at one moment.</summary>
internal sealed class ModelSnapshot
{
    private readonly FrozenDictionary<string, ServedModel[]> _byName;

    public ModelSnapshot(IEnumerable<ServedModel> models, IReadOnlyList<ModelStatus> statuses)
    {
        Statuses = statuses;
        _byName = models
            .GroupBy(model => model.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(model => model.Version, VersionOrder.Instance).ToArray(), StringComparer.Ordinal);
        Models = [.. _byName.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value)];
        OnlyName = _byName.Count == 1 ? Models[0].Name : null;
    }

    public IReadOnlyList<ServedModel> Models { get; }

    public IReadOnlyList<ModelStatus> Statuses { get; }

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The name, if all models have the same.</summary>
    public string? OnlyName { get; }

    public ServedModel? Find(string name, string? version)
    {
        if (!_byName.TryGetValue(name, out var versions))
            return null;
        return version is null ? versions[0] : Array.Find(versions, model => model.Version == version);
    }
}
