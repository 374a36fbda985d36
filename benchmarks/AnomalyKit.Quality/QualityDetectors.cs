namespace AnomalyKit.Quality;

/// <summary>The detectors whose quality is measured: default settings, but for the seed and the scaling. A new one is one entry more.</summary>
internal static class QualityDetectors
{
    /// <summary>Sets a detector up with a seed, to see min-max scaled columns.</summary>
    public delegate IDetectorTrainer Setup(int seed);

    /// <summary>All detectors by name, in the order in which they run.</summary>
    public static IReadOnlyList<KeyValuePair<string, Setup>> All { get; } =
    [
        // Standardises by default, as the one-class SVM does, which makes the same of min-max scaled columns as of raw ones.
        new("autoencoder", seed => new AutoencoderTrainer { Seed = (ulong)seed }),
        new("elliptic-envelope", seed => new EllipticEnvelopeTrainer { Seed = (ulong)seed, Scaling = FeatureScaling.MinMax }),
        new("ensemble", seed => RecommendedEnsemble.Create((ulong)seed)),
        new("isolation-forest", seed => new IsolationForestTrainer { Seed = (ulong)seed, Scaling = FeatureScaling.MinMax }),
        new("one-class-svm", _ => new OneClassSvmTrainer()),
        new("local-outlier-factor", seed => new LocalOutlierFactorTrainer { Seed = (ulong)seed, Scaling = FeatureScaling.MinMax }),
        new("nearest-neighbors", seed => new NearestNeighborsTrainer { Seed = (ulong)seed, Scaling = FeatureScaling.MinMax }),
    ];

    /// <summary>The detectors of a comma-separated list, in the registry's order; all where nothing is listed.</summary>
    /// <exception cref="QualityException">A name is unknown.</exception>
    public static IReadOnlyList<KeyValuePair<string, Setup>> Choose(string? list)
    {
        string[] names = list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        string[] unknown = [.. names.Where(name => All.All(detector => detector.Key != name))];
        if (unknown.Length > 0)
        {
            throw new QualityException(
                $"There is no detector '{string.Join("', '", unknown)}'. Available: {string.Join(", ", All.Select(detector => detector.Key))}.");
        }

        return names.Length == 0 ? All : [.. All.Where(detector => names.Contains(detector.Key))];
    }
}
