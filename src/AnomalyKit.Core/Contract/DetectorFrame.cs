namespace AnomalyKit;

/// <summary>What every fitted detector holds besides its model: columns, transform, threshold and calibration.</summary>
/// <param name="Schema">The columns it was fitted on.</param>
/// <param name="Transform">The fitted scaling between the columns and the model.</param>
/// <param name="Threshold">A row is an anomaly if its score is greater; NaN only while the detector is being fitted.</param>
/// <param name="ThresholdOrigin">How the threshold came about, for people: for example <c>contamination 0.01</c>.</param>
public sealed record DetectorFrame(FeatureSchema Schema, FeatureTransform Transform, double Threshold, string ThresholdOrigin)
{
    /// <summary>The fitted calibration of the scores; null where the detector has none.</summary>
    public ScoreCalibrator? Calibrator { get; init; }
}
