namespace AnomalyKit.Benchmarks.Scaling;

/// <summary>What <c>scaling</c> measures: an entry a detector, or two where fitting and scoring grow differently.</summary>
/// <remarks>Made-up columns are independent of each other: at 30 of them no search structure finds anything to skip, so that neighbours are at their worst.</remarks>
internal static class ScalingCases
{
    /// <summary>Training rows of detectors whose scoring alone is measured, where a fit to all rows would only take time.</summary>
    private const int FewTrainingRows = 10_000;

    private static readonly FitOptions FitOneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly ScoreOptions ScoreOneThread = new() { MaxDegreeOfParallelism = 1 };

    // A fixed one, so that no pass over the training scores is part of a fit.
    private static readonly ThresholdRule NoPass = ThresholdRule.Fixed(1);

    private static readonly LocalOutlierFactorTrainer Densities = new() { Neighbors = 20, Threshold = NoPass };
    private static readonly NearestNeighborsTrainer Distances = new() { Neighbors = 20, Threshold = NoPass };
    private static readonly AutoencoderTrainer OneEpoch = new() { MaxEpochs = 1, Seed = 42, Threshold = NoPass };

    public static IReadOnlyList<ScalingCase> All { get; } =
    [
        new("isolation-forest score", 30, "1.0", data => Score(data, new IsolationForestTrainer { Seed = 42, Threshold = NoPass })),
        new("elliptic-envelope fit", 30, "1.0", data => Fit(data, new EllipticEnvelopeTrainer { Seed = 42, Threshold = NoPass })),
        new("local-outlier-factor fit", 3, "≤ 1.3", data => Fit(data, Densities)),
        new("local-outlier-factor fit", 30, "≤ 2", data => Fit(data, Densities)),
        new("nearest-neighbors fit", 3, "", data => Fit(data, Distances)),
        new("nearest-neighbors fit", 30, "", data => Fit(data, Distances)),
        new("one-class-svm fit", 30, "≤ 2", data => Fit(data, new OneClassSvmTrainer { Nu = 0.05, Threshold = NoPass })),
        new("autoencoder fit, an epoch", 30, "1.0", data => Fit(data, OneEpoch)),
        new("autoencoder score", 30, "1.0", data => Score(data, OneEpoch)),
        new("recommended ensemble score", 30, "", data => Score(data, RecommendedEnsemble.Create(42))),
    ];

    private static Action Fit(FeatureMatrix data, IDetectorTrainer trainer) => () => trainer.Fit(data, FitOneThread);

    private static Action Score(FeatureMatrix data, IDetectorTrainer trainer)
    {
        var detector = trainer.Fit(data.Slice(0, Math.Min(data.RowCount, FewTrainingRows)));
        var scores = new float[data.RowCount];
        return () => detector.Score(data, scores, ScoreOneThread);
    }
}
