namespace AnomalyKit.Benchmarks.Scaling;

/// <summary>What <c>scaling</c> measures: an entry a detector, or two where fitting and scoring grow differently.</summary>
internal static class ScalingCases
{
    private static readonly FitOptions FitOneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreOneThread = new() { MaxDegreeOfParallelism = 1 };

    public static IReadOnlyList<ScalingCase> All { get; } =
    [
        new("elliptic-envelope fit", 30, data => Fit(data, new EllipticEnvelopeTrainer { Seed = 42, Threshold = ThresholdRule.Fixed(100) })),
        new("isolation-forest score", 30, data => Score(data, new IsolationForestTrainer { Seed = 42, Threshold = ThresholdRule.Fixed(0.6) })),
    ];

    private static Action Fit(FeatureMatrix data, IDetectorTrainer trainer) => () => trainer.Fit(data, FitOneThread);

    private static Action Score(FeatureMatrix data, IDetectorTrainer trainer)
    {
        var detector = trainer.Fit(data);
        var scores = new float[data.RowCount];
        return () => detector.Score(data, scores, ScoreOneThread);
    }
}
