namespace AnomalyKit;

/// <summary>Ensembles for data about which nothing is known: few detectors of different kinds, each strong alone on tables, with their scores combined.</summary>
/// <remarks>
/// Normalized and weighted by the agreement of their tails as <see cref="EnsembleTrainer"/> does by default. Fit and scoring cost in proportion to the rows. Wide data is projected for the
/// envelope and the autoencoder, whose cost grows faster than the columns; <see cref="EnsembleDetector.Findings"/> says so. docs/ensemble.md has the figures of the members, of the ensembles, and
/// of other choices.
/// </remarks>
public static class RecommendedEnsemble
{
    /// <summary>More are projected onto so many.</summary>
    private const int WideColumns = 128;

    /// <summary>Rows that others are compared with. Small enough that tight groups of anomalies and their copies fall apart in it, and cheap.</summary>
    private const int ReferenceRows = 1024;

    /// <summary>Columns in which fewer rows than this differ from the others, on either side, are scaled by their whole range.</summary>
    private const double TailRows = 0.15;

    /// <summary>The trainer of the ensemble; change it by <c>with</c>.</summary>
    /// <param name="seed">The seed of all members.</param>
    /// <returns>An ensemble trainer with its default threshold.</returns>
    /// <remarks>
    /// An isolation forest and an elliptic envelope, which see the data as a whole, and nearest neighbors among 1,024 rows, which see what is around a row: they count twice, so that both kinds of
    /// view count the same. A member that is very sure alone is heard, too (<see cref="ScoreCombiner.MeanAndSurprisal"/>): the envelope, where a row breaks what columns have in common. Their distances add up the columns' differences (Manhattan), so that no single column decides.
    /// </remarks>
    public static EnsembleTrainer Create(ulong seed = 0) => new()
    {
        Members =
        [
            Forest(seed),
            Envelope(seed),
            new("nearest-neighbors", new NearestNeighborsTrainer
            {
                Seed = seed,
                Scaling = FeatureScaling.QuantileRange(TailRows),
                Metric = DistanceMetric.Manhattan,
                SampleSize = ReferenceRows,
            }) { Weight = 2 },
        ],
        Combiner = ScoreCombiner.MeanAndSurprisal(),
    };

    /// <summary>The trainer of a smaller ensemble that scores about thirty times as many rows per second, and detects less.</summary>
    /// <param name="seed">The seed of all members.</param>
    /// <returns>An ensemble trainer with its default threshold.</returns>
    /// <remarks>An isolation forest, an elliptic envelope and an autoencoder: no member keeps rows to compare with.</remarks>
    public static EnsembleTrainer Small(ulong seed = 0) => new()
    {
        Members =
        [
            Forest(seed),
            Envelope(seed),
            new("autoencoder", new AutoencoderTrainer { Seed = seed, Scaling = FeatureScaling.Projected(WideColumns, FeatureScaling.Robust, seed) }),
        ],
    };

    private static EnsembleMember Forest(ulong seed) => new("isolation-forest", new IsolationForestTrainer { Seed = seed });

    private static EnsembleMember Envelope(ulong seed) =>
        new("elliptic-envelope", new EllipticEnvelopeTrainer { Seed = seed, Scaling = FeatureScaling.Projected(WideColumns, FeatureScaling.Standard, seed) });
}
