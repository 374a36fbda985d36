namespace AnomalyKit.Samples.CreditCard.Tuning;

/// <summary>How well a detector that was fitted on one day finds the frauds of another.</summary>
/// <param name="AveragePrecision">Average precision.</param>
/// <param name="RocAuc">The area under the ROC curve.</param>
internal readonly record struct DayFigures(double AveragePrecision, double RocAuc)
{
    public static DayFigures Of(IDetectorTrainer trainer, FeatureMatrix fitted, FeatureMatrix measured, int threads, CancellationToken cancellationToken)
    {
        var detector = trainer.Fit(fitted, new FitOptions { MaxDegreeOfParallelism = threads, KeepProfile = false }, cancellationToken);
        float[] scores = detector.Score(measured, new ScoreOptions { MaxDegreeOfParallelism = threads }, cancellationToken);
        return new DayFigures(DetectionMetrics.AveragePrecision(measured.Labels.Span, scores), DetectionMetrics.RocAuc(measured.Labels.Span, scores));
    }
}
