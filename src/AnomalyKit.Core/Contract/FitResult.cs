namespace AnomalyKit;

/// <summary>What a fit found: the detector, and what it says of the rows that it was fitted on.</summary>
/// <typeparam name="TDetector">The detector.</typeparam>
public sealed class FitResult<TDetector>
    where TDetector : IAnomalyDetector
{
    /// <summary>Keeps both.</summary>
    /// <param name="detector">The fitted detector.</param>
    /// <param name="trainingScores">One score per training row.</param>
    public FitResult(TDetector detector, ReadOnlyMemory<float> trainingScores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        Detector = detector;
        TrainingScores = trainingScores;
    }

    /// <summary>The fitted detector.</summary>
    public TDetector Detector { get; }

    /// <summary>
    /// One score per training row: what the threshold was found on. For most detectors the scores that these rows would get as new ones; for those that compare a row
    /// with its neighbors, the scores with the row itself left out.
    /// </summary>
    public ReadOnlyMemory<float> TrainingScores { get; }

    /// <summary>Which training rows are anomalies: their scores in <see cref="TrainingScores"/> are greater than the detector's threshold.</summary>
    /// <returns>A new array, one label per training row.</returns>
    public bool[] TrainingAnomalies()
    {
        double threshold = Detector.Threshold;
        var anomalies = new bool[TrainingScores.Length];
        for (int i = 0; i < anomalies.Length; i++)
            anomalies[i] = TrainingScores.Span[i] > threshold;
        return anomalies;
    }
}
