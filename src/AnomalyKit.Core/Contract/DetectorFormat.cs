namespace AnomalyKit.Persistence;

/// <summary>How one kind of detector is read back from a model file.</summary>
public sealed class DetectorFormat
{
    /// <summary>Says how a kind is read.</summary>
    /// <param name="kind">The kind, as <see cref="DetectorInfo.Kind"/> says it.</param>
    /// <param name="read">Reads the model's part of the file, given the frame; throws <see cref="ModelFormatException"/> for anything it does not understand. The catalog is
    /// for detectors that hold others.</param>
    public DetectorFormat(string kind, Func<ModelReader, DetectorFrame, ModelCatalog, IAnomalyDetector> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(read);
        Kind = kind;
        Read = read;
    }

    /// <summary>The kind, as <see cref="DetectorInfo.Kind"/> says it.</summary>
    public string Kind { get; }

    /// <summary>Reads the model's part of the file, given the frame.</summary>
    public Func<ModelReader, DetectorFrame, ModelCatalog, IAnomalyDetector> Read { get; }
}
