namespace AnomalyKit;

/// <summary>How it stands with one version of a model.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The version.</param>
/// <param name="IsRequired">Whether the host is not ready before it was loaded once. Files of <see cref="AnomalyDetectionOptions.ModelFolder"/> never are.</param>
/// <param name="IsLoaded">Whether it is served.</param>
/// <param name="Error">Why the last attempt to load it failed; null where it did not. A model that is served stays so when a later attempt fails.</param>
/// <param name="Source">Its file; null for a detector that came from none.</param>
/// <param name="CheckedAt">When the last attempt was.</param>
public sealed record ModelStatus(string Name, string Version, bool IsRequired, bool IsLoaded, string? Error, string? Source, DateTimeOffset CheckedAt)
{
    /// <summary>The kind of <see cref="Error"/>; null where there is none.</summary>
    public ModelFailure? Failure { get; init; }

    /// <summary>Whether it was taken out by hand (<see cref="DetectorPool.UnloadAsync"/>) and waits to be loaded by hand.</summary>
    public bool IsUnloaded { get; init; }
}
