namespace AnomalyKit.Trainers;

/// <summary>The options that all trainers have.</summary>
internal static class FrameOptions
{
    public static OptionTable<TTrainer> WithFrame<TTrainer, TDetector>(this OptionTable<TTrainer> table)
        where TTrainer : DetectorTrainer<TDetector>
        where TDetector : AnomalyDetector<TDetector>, IDetectorKind<TDetector> => table
        .With("Scaling", "How columns are scaled before the algorithm sees them.", ValueText.Scaling, t => t.Scaling, (t, v) => t with { Scaling = v })
        .With("Threshold", "How the threshold follows from the scores of the training rows.", ValueText.Threshold, t => t.Threshold, (t, v) => t with { Threshold = v })
        .With("Calibration", "How scores are brought to a scale with a meaning.", ValueText.Calibration, t => t.Calibration, (t, v) => t with { Calibration = v });
}
