namespace AnomalyKit.Serving.Loading;

/// <summary>A file that a model is loaded from.</summary>
/// <param name="Key">What it is served as.</param>
/// <param name="Path">The file.</param>
/// <param name="IsRequired">Whether the host is not ready before it was loaded once.</param>
/// <param name="Threshold">A threshold in place of that of the file.</param>
internal sealed record ModelSource(ModelKey Key, string Path, bool IsRequired, double? Threshold);
