namespace AnomalyKit;

/// <summary>One stored state of a registered model: a model file of a run.</summary>
/// <param name="Model">The name of the registered model.</param>
/// <param name="Version">The number, from 1.</param>
/// <param name="RunId">The run that made it; empty where the server does not know.</param>
/// <param name="ArtifactPath">The path of the model file within the run.</param>
/// <param name="Stage">What it is used for.</param>
public sealed record ModelVersion(string Model, int Version, string RunId, string ArtifactPath, ModelStage Stage)
{
    /// <summary>The aliases that point to it, in order.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>When it was registered, in universal time.</summary>
    public DateTimeOffset Created { get; init; }
}
