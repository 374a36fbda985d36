using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Loads model files of any detector that AnomalyKit brings.</summary>
public static class DetectorFile
{
    /// <summary>All detectors and transforms of this package; extend it with <see cref="ModelCatalog.With(IEnumerable{DetectorFormat})"/>.</summary>
    public static ModelCatalog Catalog { get; } = new(
        [
            AutoencoderDetector.Format,
            EllipticEnvelopeDetector.Format,
            EnsembleDetector.Format,
            IsolationForestDetector.Format,
            LocalOutlierFactorDetector.Format,
            NearestNeighborsDetector.Format,
            OneClassSvmDetector.Format,
        ]);

    /// <summary>Loads a detector from a file. Runs no code from it and checks every length before it allocates.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, of an unknown kind, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IAnomalyDetector Load(string path) => Catalog.Load(path);

    /// <summary>Loads a detector from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, of an unknown kind, or of a newer format.</exception>
    public static IAnomalyDetector Load(Stream source) => Catalog.Load(source);

    /// <summary>Loads a detector of tables, with its preparation, from a file. Runs no code from it and checks every length before it allocates.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, without a preparation, of an unknown kind, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableDetector LoadTableDetector(string path) => TableDetector.Load(path, Catalog);

    /// <summary>Loads a detector of tables, with its preparation, from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, without a preparation, of an unknown kind, or of a newer format.</exception>
    public static TableDetector LoadTableDetector(Stream source) => TableDetector.Load(source, Catalog);

    /// <summary>Loads a detector of tables, or one of matrices as one of tables (see <see cref="TableDetector.Of"/>), from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, of an unknown kind, or of a newer format; or it holds a detector of matrices with categories.</exception>
    public static TableDetector LoadAny(Stream source) => TableDetector.LoadAny(source, Catalog);
}
