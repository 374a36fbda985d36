namespace AnomalyKit.Dashboard.Models;

/// <summary>The models of the host.</summary>
internal sealed class ModelShelf(IDetectorPool? pool)
{
    public bool IsConfigured => pool is not null;

    public IReadOnlyList<ServedModel> Models => pool?.Models ?? [];

    /// <summary>Models that could not be loaded.</summary>
    public IReadOnlyList<ModelStatus> Refused => [.. (pool?.Statuses ?? []).Where(status => status.Error is not null)];

    public ServedModel? Find(string name, string? version) => pool?.FindModel(name, version);
}
