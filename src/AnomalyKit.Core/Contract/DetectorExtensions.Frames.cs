namespace AnomalyKit;

public static partial class DetectorExtensions
{
    /// <summary>The same detector with another threshold, without refitting.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="threshold">Any number but NaN; ±∞ flag nothing and everything.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public static IAnomalyDetector WithThreshold(this IAnomalyDetector detector, double threshold)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.WithFrame(detector.Frame.WithThreshold(threshold));
    }

    /// <summary>The same detector with a threshold found by a rule over scores, without refitting.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="scores">Scores of rows like those that will come, for instance of the last month.</param>
    /// <returns>A new detector that shares the fitted model. Its profile remembers the fraction of alerts among these scores as what the threshold was set for.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold in these scores.</exception>
    public static IAnomalyDetector WithThreshold(this IAnomalyDetector detector, ThresholdRule rule, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.WithFrame(detector.Frame.WithThreshold(rule, scores));
    }

    /// <summary>The same detector with a calibration fitted on scores, without refitting.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="calibration">The recipe; <see cref="ScoreCalibration.None"/> takes the calibration away.</param>
    /// <param name="scores">Scores of rows like those that will come; for conformal p-values, of rows that the detector was not fitted on.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public static IAnomalyDetector WithCalibration(this IAnomalyDetector detector, ScoreCalibration calibration, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.WithFrame(detector.Frame.WithCalibration(calibration, scores));
    }

    /// <summary>The same detector with a word on what made it, which its file keeps.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="origin">What made it; null to say nothing.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    public static IAnomalyDetector WithOrigin(this IAnomalyDetector detector, ModelOrigin? origin)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.WithFrame(detector.Frame with { Origin = origin });
    }
}
