namespace AnomalyKit;

/// <summary>An ensemble for data of which nothing is known: five detectors of different kinds, each strong alone on tables, with their scores combined.</summary>
/// <remarks>
/// Isolation forest, elliptic envelope, nearest neighbours among at most 10,000 rows, local outlier factor over ten subsets of 512 rows, and three autoencoders that
/// start from different weights and speak with one voice; the last three kinds on columns scaled by median and interquartile range, which outliers do not squeeze.
/// Normalised, weighted and combined as <see cref="EnsembleTrainer"/> does by default. Fit and scoring cost in proportion to the rows. docs/ensemble.md has the figures
/// of the members, the ensemble, and of other choices.
/// </remarks>
public static class RecommendedEnsemble
{
    private const int Networks = 3;

    // With more, every row's neighbours among all others would cost the square of the rows.
    private const int MaxReferenceRows = 10_000;

    /// <summary>The trainer of the ensemble; change it by <c>with</c>.</summary>
    /// <param name="seed">The seed of all members.</param>
    /// <returns>An ensemble trainer with its default threshold.</returns>
    public static EnsembleTrainer Create(ulong seed = 0) => new()
    {
        Members =
        [
            new("isolation-forest", new IsolationForestTrainer { Seed = seed }),
            new("elliptic-envelope", new EllipticEnvelopeTrainer { Seed = seed }),
            new("nearest-neighbors", new NearestNeighborsTrainer { Seed = seed, Scaling = FeatureScaling.Robust, SampleSize = MaxReferenceRows }),
            new("local-outlier-factor", new LocalOutlierFactorTrainer { Seed = seed, Scaling = FeatureScaling.Robust, SampleSize = 512, SubsetCount = 10 }),
            new("autoencoder", Autoencoders(seed)),
        ],
    };

    /// <summary>What one network makes of a row depends on where its training began; the mean of several does so less.</summary>
    private static EnsembleTrainer Autoencoders(ulong seed) => new()
    {
        Members =
        [
            .. Enumerable.Range(0, Networks).Select(network => new EnsembleMember(
                $"network-{network + 1}",
                new AutoencoderTrainer { Seed = seed + ((ulong)network << 32), Scaling = FeatureScaling.Robust })),
        ],
        Weighting = MemberWeighting.Fixed,
    };
}
