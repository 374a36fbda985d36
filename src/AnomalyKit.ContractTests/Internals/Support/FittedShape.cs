namespace AnomalyKit.ContractTests.Support;

/// <summary>A detector fitted on a shape of data with seed 1, contamination 0.05 and as many threads as there are, and what it gave its training rows.</summary>
/// <remarks>Detectors are immutable, so laws about fitted detectors share one per shape and scaling instead of fitting their own.</remarks>
/// <param name="Detector">The fitted detector.</param>
/// <param name="TrainingScores">The training rows' own scores, which the threshold was found on.</param>
internal sealed record FittedShape(IAnomalyDetector Detector, float[] TrainingScores)
{
    public static FittedShape Fit(DetectorRegistration registration, DataShape shape, FeatureScaling scaling)
    {
        var fit = registration.NewTrainer(1, scaling, ThresholdRule.Contamination(0.05)).FitAndScore(shape.Training());
        return new FittedShape(fit.Detector, fit.TrainingScores.ToArray());
    }
}
