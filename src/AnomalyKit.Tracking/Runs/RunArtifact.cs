namespace AnomalyKit;

/// <summary>A file of a run.</summary>
/// <param name="Path">Its path within the run, with slashes.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record RunArtifact(string Path, long Length)
{
    /// <summary>The SHA-256 of its content in hexadecimal digits; null where the tracker does not know it, as an MLflow server.</summary>
    public string? Hash { get; init; }
}
