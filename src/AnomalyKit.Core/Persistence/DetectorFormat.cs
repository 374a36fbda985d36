namespace AnomalyKit.Persistence;

/// <summary>How one kind of detector is read back from a model file.</summary>
/// <param name="Kind">The kind, as <see cref="DetectorInfo.Kind"/> says it.</param>
/// <param name="Read">Reads the model's part of the file, given the frame; throws <see cref="ModelFormatException"/> for anything it does not understand.
/// The catalogue is for detectors that hold others.</param>
public sealed record DetectorFormat(string Kind, Func<ModelReader, DetectorFrame, ModelCatalog, IAnomalyDetector> Read);
