using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Loads model files of detectors that have learned from answers, and of all others that AnomalyKit brings.</summary>
public static class FeedbackFile
{
    /// <summary>All kinds of <see cref="DetectorFile.Catalog"/>, and <see cref="FeedbackDetector"/>.</summary>
    public static ModelCatalog Catalog { get; } = DetectorFile.Catalog.With(FeedbackDetector.Format);

    /// <summary>Loads a detector from a file. Runs no code from it and checks every length before it allocates.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, of an unknown kind, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IAnomalyDetector Load(string path) => Catalog.Load(path);

    /// <summary>Loads a detector of tables, with its preparation, from a file. Runs no code from it and checks every length before it allocates.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, of an unknown kind, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableDetector LoadTableDetector(string path) => TableDetector.Load(path, Catalog);
}
