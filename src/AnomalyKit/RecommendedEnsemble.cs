namespace AnomalyKit;

/// <summary>An ensemble for data of which nothing is known: four detectors of different kinds, each strong alone on tables, with their scores combined.</summary>
/// <remarks>
/// Isolation forest, elliptic envelope, nearest neighbours and autoencoder; the last two on columns scaled by median and interquartile range, which outliers do not squeeze. Normalised, weighted and
/// combined as <see cref="EnsembleTrainer"/> does by default. docs/ensemble.md has the figures of the members, the ensemble, and of other choices.
/// </remarks>
public static class RecommendedEnsemble
{
    /// <summary>The trainer of the ensemble; change it by <c>with</c>.</summary>
    /// <param name="seed">The seed of all members.</param>
    /// <returns>An ensemble trainer with its default threshold.</returns>
    public static EnsembleTrainer Create(ulong seed = 0) => new()
    {
        Members =
        [
            // Members' own thresholds are for votes; a fixed one saves nothing here, since their training scores are needed in any case.
            new("isolation-forest", new IsolationForestTrainer { Seed = seed }),
            new("elliptic-envelope", new EllipticEnvelopeTrainer { Seed = seed }),
            new("nearest-neighbors", new NearestNeighborsTrainer { Seed = seed, Scaling = FeatureScaling.Robust }),
            new("autoencoder", new AutoencoderTrainer { Seed = seed, Scaling = FeatureScaling.Robust }),
        ],
    };
}
