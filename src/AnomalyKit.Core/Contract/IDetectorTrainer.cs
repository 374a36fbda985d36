namespace AnomalyKit;

/// <summary>Options of a detection algorithm that can be fitted to data.</summary>
/// <remarks>A trainer is immutable and safe for any number of threads; fitting twice gives the same detector twice.</remarks>
public interface IDetectorTrainer
{
    /// <summary>Fits a detector.</summary>
    /// <param name="data">The training rows; labels, if any, are not looked at.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; honoured within about 100 ms.</param>
    /// <returns>The fitted detector.</returns>
    /// <exception cref="ArgumentException">The data cannot be used with these options; the message says why and what to do.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>About how much memory a fit needs besides the training rows, for those who plan what runs side by side.</summary>
    /// <param name="rows">The number of training rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <returns>Bytes; an estimate, not a promise.</returns>
    long EstimateMemory(int rows, int columns) => 8L * rows * columns;

    /// <summary>Fits a detector, and gives the training rows' own scores.</summary>
    /// <param name="data">The training rows; labels, if any, are not looked at.</param>
    /// <param name="trainingScores">Receives one score a training row: what the threshold is found on. For most detectors the scores that these rows would get
    /// as new ones; for those that compare a row with its neighbours (LOF), the scores with the row itself left out.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; honoured within about 100 ms.</param>
    /// <returns>The fitted detector.</returns>
    /// <exception cref="ArgumentException">The data cannot be used with these options, or there is not one score a row.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IAnomalyDetector FitAndScore(
        FeatureMatrix data, Memory<float> trainingScores, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var detector = Fit(data, options, cancellationToken);
        detector.Score(data, trainingScores.Span, new ScoreOptions { MaxDegreeOfParallelism = options?.MaxDegreeOfParallelism ?? -1 }, cancellationToken);
        return detector;
    }
}
