using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>What has to be known of a kind of detector to make one from its parts: from these, loading, saving and changing the frame follow.</summary>
/// <typeparam name="TSelf">The detector.</typeparam>
/// <remarks>For authors of detectors that derive from <see cref="AnomalyDetector{TSelf}"/>; implement the members explicitly.</remarks>
public interface IDetectorKind<TSelf>
    where TSelf : IDetectorKind<TSelf>
{
    /// <summary>The short name used in model files, reports and command lines, for example <c>isolation-forest</c>.</summary>
    static abstract string Kind { get; }

    /// <summary>Puts a detector together.</summary>
    /// <param name="frame">Columns, transform, threshold and calibration.</param>
    /// <param name="model">A model of this kind, with the frame's transform.</param>
    /// <returns>The detector.</returns>
    static abstract TSelf Create(DetectorFrame frame, DetectorModel model);

    /// <summary>Reads the model's part of a file. Trusts nothing: the reader has checked lengths, types and that numbers are finite; what they mean is checked here.</summary>
    /// <param name="reader">The model's part of the file.</param>
    /// <param name="frame">The frame that was read before: columns, transform, threshold and calibration.</param>
    /// <param name="catalog">The kinds that can be loaded, for detectors that hold others.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The file holds something else than a model of this kind.</exception>
    static abstract DetectorModel ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog);
}
