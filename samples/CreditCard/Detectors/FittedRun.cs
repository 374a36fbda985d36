namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>A detector fitted under a protocol.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="TrainingScores">What it says of all training rows of the protocol, also those that it was not fitted on.</param>
/// <param name="Setup">How it was set up.</param>
/// <param name="TrainRows">The rows that it was fitted on.</param>
/// <param name="Seconds">How long that took, the members of an ensemble included.</param>
internal sealed record FittedRun(IAnomalyDetector Detector, ReadOnlyMemory<float> TrainingScores, DetectorSetup Setup, int TrainRows, double Seconds);
