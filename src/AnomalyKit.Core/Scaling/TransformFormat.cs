namespace AnomalyKit.Persistence;

/// <summary>How one kind of transform is read back from a model file.</summary>
public sealed class TransformFormat
{
    /// <summary>Says how a kind is read.</summary>
    /// <param name="kind">The kind, as <see cref="FeatureTransform.Kind"/> says it.</param>
    /// <param name="read">Reads the transform's part of the file; throws <see cref="ModelFormatException"/> for anything it does not understand.</param>
    public TransformFormat(string kind, Func<ModelReader, FeatureTransform> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(read);
        Kind = kind;
        Read = read;
    }

    /// <summary>The kind, as <see cref="FeatureTransform.Kind"/> says it.</summary>
    public string Kind { get; }

    /// <summary>Reads the transform's part of the file.</summary>
    public Func<ModelReader, FeatureTransform> Read { get; }
}
