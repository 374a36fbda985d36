using AnomalyKit.Persistence;

namespace AnomalyKit;

public static partial class DetectorExtensions
{
    /// <summary>Saves the detector to a file, which appears whole or not at all: it is written beside and renamed.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="path">The file; an existing one is replaced. The customary ending is <c>.akm</c>.</param>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    public static void Save(this IAnomalyDetector detector, string path)
    {
        var writer = new ModelWriter();
        detector.WriteTo(writer);
        writer.Save(path);
    }

    /// <summary>Saves the detector to a stream.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="destination">A writable stream; it stays open.</param>
    public static void Save(this IAnomalyDetector detector, Stream destination)
    {
        var writer = new ModelWriter();
        detector.WriteTo(writer);
        writer.Save(destination);
    }

    /// <summary>Adds the whole detector, frame and model, to a model file. For detectors that hold others.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="writer">The file, or the part of it where the detector is kept; <see cref="ModelCatalog.ReadDetector"/> reads it back.</param>
    public static void WriteTo(this IAnomalyDetector detector, ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(writer);
        FrameFormat.Write(writer, detector.Info.Kind, detector.Frame);
        detector.WriteModel(writer.Scope("model"));
    }
}
