using System.Buffers;

namespace AnomalyKit;

/// <summary>All forms of scoring, labelling, changing and saving a detector. They stand on <see cref="IAnomalyDetector.ScoreRows"/> and <see cref="IAnomalyDetector.WithFrame"/>.</summary>
public static partial class DetectorExtensions
{
    /// <summary>Scores one row of values on the calling thread, without allocating.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="row">One value per column, in the order of the detector's <see cref="IAnomalyDetector.Schema"/>.</param>
    /// <returns>The score; higher is more anomalous.</returns>
    /// <exception cref="ArgumentException">The row has another number of values.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite.</exception>
    public static float Score(this IAnomalyDetector detector, ReadOnlySpan<float> row)
    {
        float score = 0;
        ValueScoring.Score(detector, row, new Span<float>(ref score));
        return score;
    }

    /// <summary>Scores one row of values on the calling thread, without allocating.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="row">One value per column, in the order of the detector's <see cref="IAnomalyDetector.Schema"/>.</param>
    /// <returns>The score; higher is more anomalous.</returns>
    /// <exception cref="ArgumentException">The row has another number of values.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite, or beyond the range of float32.</exception>
    public static float Score(this IAnomalyDetector detector, ReadOnlySpan<double> row)
    {
        float score = 0;
        ValueScoring.Score(detector, row, new Span<float>(ref score));
        return score;
    }

    /// <summary>Scores rows of values on the calling thread, without allocating.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="values">Row-major values of the detector's columns: as many rows as <paramref name="scores"/> has room for.</param>
    /// <param name="scores">Receives one score per row; higher is more anomalous.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or the spans overlap.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite. Scores may have been written for rows before it.</exception>
    public static void Score(this IAnomalyDetector detector, ReadOnlySpan<float> values, Span<float> scores) => ValueScoring.Score(detector, values, scores);

    /// <summary>Scores rows of values on the calling thread, without allocating.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="values">Row-major values of the detector's columns: as many rows as <paramref name="scores"/> has room for.</param>
    /// <param name="scores">Receives one score per row; higher is more anomalous.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite, or beyond the range of float32. Scores may have been written for rows before it.</exception>
    public static void Score(this IAnomalyDetector detector, ReadOnlySpan<double> values, Span<float> scores) => ValueScoring.Score(detector, values, scores);

    /// <summary>Scores rows of values on the calibration's scale, on the calling thread, without allocating.</summary>
    /// <param name="detector">A detector with a calibration.</param>
    /// <param name="values">Row-major values of the detector's columns.</param>
    /// <param name="calibrated">Receives one calibrated score per row; see <see cref="ScoreCalibrator.Definition"/>.</param>
    /// <exception cref="InvalidOperationException">The detector has no calibration.</exception>
    /// <inheritdoc cref="Score(IAnomalyDetector, ReadOnlySpan{float}, Span{float})"/>
    public static void ScoreCalibrated(this IAnomalyDetector detector, ReadOnlySpan<float> values, Span<float> calibrated)
    {
        var calibrator = CalibratorOf(detector);
        ValueScoring.Score(detector, values, calibrated);
        calibrator.Calibrate(calibrated, calibrated);
    }

    /// <summary>Scores rows of values on the calibration's scale, on the calling thread, without allocating.</summary>
    /// <param name="detector">A detector with a calibration.</param>
    /// <param name="values">Row-major values of the detector's columns.</param>
    /// <param name="calibrated">Receives one calibrated score per row; see <see cref="ScoreCalibrator.Definition"/>.</param>
    /// <exception cref="InvalidOperationException">The detector has no calibration.</exception>
    /// <inheritdoc cref="Score(IAnomalyDetector, ReadOnlySpan{double}, Span{float})"/>
    public static void ScoreCalibrated(this IAnomalyDetector detector, ReadOnlySpan<double> values, Span<float> calibrated)
    {
        var calibrator = CalibratorOf(detector);
        ValueScoring.Score(detector, values, calibrated);
        calibrator.Calibrate(calibrated, calibrated);
    }

    /// <summary>Whether a row of values is an anomaly: its score is greater than the detector's threshold.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="row">One value per column, in the order of the detector's <see cref="IAnomalyDetector.Schema"/>.</param>
    /// <returns>Whether the row is an anomaly.</returns>
    /// <inheritdoc cref="Score(IAnomalyDetector, ReadOnlySpan{float})"/>
    public static bool IsAnomaly(this IAnomalyDetector detector, ReadOnlySpan<float> row) => detector.Score(row) > detector.Threshold;

    /// <summary>Whether a row of values is an anomaly: its score is greater than the detector's threshold.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="row">One value per column, in the order of the detector's <see cref="IAnomalyDetector.Schema"/>.</param>
    /// <returns>Whether the row is an anomaly.</returns>
    /// <inheritdoc cref="Score(IAnomalyDetector, ReadOnlySpan{double})"/>
    public static bool IsAnomaly(this IAnomalyDetector detector, ReadOnlySpan<double> row) => detector.Score(row) > detector.Threshold;

    /// <summary>Which rows of values are anomalies, on the calling thread, without allocating.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="values">Row-major values of the detector's columns: as many rows as <paramref name="anomalies"/> has room for.</param>
    /// <param name="anomalies">Receives one label per row: whether its score is greater than the detector's threshold.</param>
    /// <inheritdoc cref="Score(IAnomalyDetector, ReadOnlySpan{float}, Span{float})"/>
    public static void IsAnomaly(this IAnomalyDetector detector, ReadOnlySpan<float> values, Span<bool> anomalies)
    {
        float[] scores = ArrayPool<float>.Shared.Rent(anomalies.Length);
        ValueScoring.Score(detector, values, scores.AsSpan(0, anomalies.Length));
        Label(scores, detector.Threshold, anomalies);
        ArrayPool<float>.Shared.Return(scores);
    }

    /// <summary>Which rows of values are anomalies, on the calling thread, without allocating.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="values">Row-major values of the detector's columns: as many rows as <paramref name="anomalies"/> has room for.</param>
    /// <param name="anomalies">Receives one label per row: whether its score is greater than the detector's threshold.</param>
    /// <inheritdoc cref="Score(IAnomalyDetector, ReadOnlySpan{double}, Span{float})"/>
    public static void IsAnomaly(this IAnomalyDetector detector, ReadOnlySpan<double> values, Span<bool> anomalies)
    {
        float[] scores = ArrayPool<float>.Shared.Rent(anomalies.Length);
        ValueScoring.Score(detector, values, scores.AsSpan(0, anomalies.Length));
        Label(scores, detector.Threshold, anomalies);
        ArrayPool<float>.Shared.Return(scores);
    }

    private static void Label(ReadOnlySpan<float> scores, double threshold, Span<bool> anomalies)
    {
        for (int i = 0; i < anomalies.Length; i++)
            anomalies[i] = scores[i] > threshold;
    }

    private static ScoreCalibrator CalibratorOf(IAnomalyDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.Calibrator ?? throw new InvalidOperationException(
            "The detector has no calibration. Set the trainer's Calibration before Fit, for example to ScoreCalibration.Rank(), or use WithCalibration.");
    }
}
