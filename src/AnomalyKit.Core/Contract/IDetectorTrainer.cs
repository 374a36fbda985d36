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
}
