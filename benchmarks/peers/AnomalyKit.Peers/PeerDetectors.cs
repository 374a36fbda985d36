namespace AnomalyKit.Peers;

/// <summary>The detectors that can be timed, with the settings of the reference protocol. A new one is one entry more, here and in comparisons.py.</summary>
internal static class PeerDetectors
{
    public static IReadOnlyDictionary<string, PeerDetector> All { get; } = new Dictionary<string, PeerDetector>
    {
        ["autoencoder"] = (seed, threshold) => new AutoencoderTrainer
        {
            HiddenWidths = LayerWidths.Reference,
            TrimmedFraction = 0,
            MaxInputMagnitude = 1e6,
            Measure = ErrorMeasure.MeanSquare,
            Scaling = FeatureScaling.None,
            Seed = seed,
            Threshold = threshold,
        },
        ["elliptic-envelope"] = (seed, threshold) => new EllipticEnvelopeTrainer { SupportFraction = 0.75, Seed = seed, Threshold = threshold },
        ["isolation-forest"] = (seed, threshold) => new IsolationForestTrainer { TreeCount = 100, SampleSize = 256, Seed = seed, Threshold = threshold },
        ["one-class-svm"] = (_, threshold) => new OneClassSvmTrainer { Nu = 0.05, Kernel = SvmKernel.Rbf(KernelGamma.OverColumns), Threshold = threshold },
        ["local-outlier-factor"] = (_, threshold) => new LocalOutlierFactorTrainer { Neighbors = 20, Threshold = threshold },
        ["nearest-neighbors"] = (_, threshold) => new NearestNeighborsTrainer { Neighbors = 20, Threshold = threshold },
    };

    /// <summary>The detector of a name.</summary>
    public static PeerDetector Find(string name) => All.TryGetValue(name, out var detector)
        ? detector
        : throw new PeerException($"There is no detector '{name}'. Available: {string.Join(", ", All.Keys)}.");
}
