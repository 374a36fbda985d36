using AnomalyKit.ML.Estimating;
using Microsoft.ML;

namespace AnomalyKit;

/// <summary>AnomalyKit's detectors among the trainers of <c>mlContext.AnomalyDetection.Trainers</c>.</summary>
/// <remarks>
/// <code>
/// var pipeline = mlContext.Transforms.Concatenate("Features", "Amount", "Duration")
///     .Append(mlContext.AnomalyDetection.Trainers.IsolationForest(new() { Seed = 1 }));
/// ITransformer model = pipeline.Fit(data);
/// </code>
/// <para>The threshold of <c>PredictedLabel</c> is found in the training rows, by the trainer's <c>Threshold</c>. The options are the trainers of AnomalyKit themselves.</para>
/// </remarks>
public static class AnomalyDetectionTrainersExtensions
{
    private const string Features = "Features";

    /// <summary>Random trees that cut rows off; fast, and a good first choice.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="featureColumnName">The column of vectors: Single, of one known size.</param>
    /// <returns>An estimator.</returns>
    public static DetectorEstimator IsolationForest(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, IsolationForestTrainer? options = null, string featureColumnName = Features) =>
        trainers.Detector(options ?? new(), featureColumnName);

    /// <summary>A boundary around the dense region, found with kernels; for up to about 100,000 rows.</summary>
    /// <inheritdoc cref="IsolationForest"/>
    public static DetectorEstimator OneClassSvm(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, OneClassSvmTrainer? options = null, string featureColumnName = Features) =>
        trainers.Detector(options ?? new(), featureColumnName);

    /// <summary>How much emptier it is around a row than around its neighbors; for clusters of different density.</summary>
    /// <inheritdoc cref="IsolationForest"/>
    public static DetectorEstimator LocalOutlierFactor(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, LocalOutlierFactorTrainer? options = null, string featureColumnName = Features) =>
        trainers.Detector(options ?? new(), featureColumnName);

    /// <summary>The distance to the nearest rows.</summary>
    /// <inheritdoc cref="IsolationForest"/>
    public static DetectorEstimator NearestNeighbors(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, NearestNeighborsTrainer? options = null, string featureColumnName = Features) =>
        trainers.Detector(options ?? new(), featureColumnName);

    /// <summary>Robust distance from the center of one cloud; for columns that move together.</summary>
    /// <inheritdoc cref="IsolationForest"/>
    public static DetectorEstimator EllipticEnvelope(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, EllipticEnvelopeTrainer? options = null, string featureColumnName = Features) =>
        trainers.Detector(options ?? new(), featureColumnName);

    /// <summary>A small network that learns to reproduce rows, and errs on strange ones.</summary>
    /// <inheritdoc cref="IsolationForest"/>
    public static DetectorEstimator Autoencoder(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, AutoencoderTrainer? options = null, string featureColumnName = Features) =>
        trainers.Detector(options ?? new(), featureColumnName);

    /// <summary>Several detectors whose scores are combined; by default <see cref="RecommendedEnsemble"/>, for data of which nothing is known.</summary>
    /// <inheritdoc cref="IsolationForest"/>
    public static DetectorEstimator Ensemble(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, EnsembleTrainer? options = null, string featureColumnName = Features) =>
        trainers.Detector(options ?? RecommendedEnsemble.Create(), featureColumnName);

    /// <summary>Any detector of vectors.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="trainer">The trainer, with its options.</param>
    /// <param name="featureColumnName">The column of vectors: Single, of one known size.</param>
    /// <returns>An estimator.</returns>
    public static DetectorEstimator Detector(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, IDetectorTrainer trainer, string featureColumnName = Features)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        return new DetectorEstimator(new VectorSource(trainer, featureColumnName));
    }

    /// <summary>Any detector of columns by name: numbers, text, keys, booleans, dates and times, with missing cells.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="trainer">The trainer with its preparation.</param>
    /// <param name="columnNames">The columns that it looks at, at least one.</param>
    /// <returns>An estimator.</returns>
    /// <exception cref="ArgumentException">No column is named.</exception>
    public static DetectorEstimator Detector(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, TableTrainer trainer, params IReadOnlyList<string> columnNames)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        if (columnNames.Count == 0)
            throw new ArgumentException("No column is named. Name those that the detector looks at; to take all but some, give a TableLayout with IgnoredColumns.", nameof(columnNames));
        return trainers.Detector(trainer, new TableLayout { Columns = columnNames });
    }

    /// <summary>Any detector of columns by name: numbers, text, keys, booleans, dates and times, with missing cells.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="trainer">The trainer with its preparation.</param>
    /// <param name="layout">Which columns it looks at, as what. The label is not looked at, weights count as the trainer says.</param>
    /// <returns>An estimator.</returns>
    public static DetectorEstimator Detector(this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, TableTrainer trainer, TableLayout layout)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(layout);
        return new DetectorEstimator(new TableSource(trainer, layout));
    }
}
