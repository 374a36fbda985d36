namespace AnomalyKit.Benchmarks.Attributions;

/// <summary>What <c>attributions</c> measures. A new detector is one entry more.</summary>
internal static class AttributionCases
{
    // A fixed one, so that no pass over the training scores is part of a fit.
    private static readonly ThresholdRule NoPass = ThresholdRule.Fixed(1);

    public static IReadOnlyList<AttributionCase> All { get; } =
    [
        new("isolation-forest", new IsolationForestTrainer { Seed = 42, Threshold = NoPass }),
        new("isolation-forest, ψ = 1024", new IsolationForestTrainer { SampleSize = 1024, Seed = 42, Threshold = NoPass }),
        new("isolation-forest, against 100 rows", new IsolationForestTrainer { Seed = 42, Threshold = NoPass }, 100),
        new("elliptic-envelope", new EllipticEnvelopeTrainer { Seed = 42, Threshold = NoPass }),
        new("nearest-neighbors", new NearestNeighborsTrainer { Threshold = NoPass }),
        new("local-outlier-factor", new LocalOutlierFactorTrainer { Threshold = NoPass }),
        new("one-class-svm", new OneClassSvmTrainer { Nu = 0.05, Threshold = NoPass }),
        new("autoencoder", new AutoencoderTrainer { MaxEpochs = 1, Seed = 42, Threshold = NoPass }),
        new("recommended ensemble", RecommendedEnsemble.Create(42)),
    ];
}
