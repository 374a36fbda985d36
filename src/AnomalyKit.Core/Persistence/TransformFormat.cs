namespace AnomalyKit.Persistence;

/// <summary>How one kind of transform is read back from a model file.</summary>
/// <param name="Kind">The kind, as <see cref="FeatureTransform.Kind"/> says it.</param>
/// <param name="Read">Reads the transform's part of the file; throws <see cref="ModelFormatException"/> for anything it does not understand.</param>
public sealed record TransformFormat(string Kind, Func<ModelReader, FeatureTransform> Read);
