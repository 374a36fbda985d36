namespace AnomalyKit.Quality;

/// <summary>The ensembles that are compared. Each differs from <see cref="RecommendedEnsemble"/> in what its name says.</summary>
internal static class EnsembleRecipes
{
    private const int Forest = 0;
    private const int Envelope = 1;
    private const int Neighbors = 2;

    /// <summary>Sets an ensemble up with a seed.</summary>
    public delegate EnsembleTrainer Setup(ulong seed);

    /// <summary>All of them by name.</summary>
    public static IReadOnlyList<KeyValuePair<string, Setup>> All { get; } =
    [
        new("recommended", seed => RecommendedEnsemble.Create(seed)),
        new("small", seed => RecommendedEnsemble.Small(seed)),
        new("version 0.2.0", Former),
        new("neighbors count once", seed => Weighted(seed, 1)),
        new("neighbors count three times", seed => Weighted(seed, 3)),
        new("given weights", seed => RecommendedEnsemble.Create(seed) with { Weighting = MemberWeighting.Fixed }),
        new("tail agreement, power 1", seed => RecommendedEnsemble.Create(seed) with { Weighting = MemberWeighting.TailAgreement(power: 1) }),
        new("mean", seed => Combined(seed, ScoreCombiner.Mean)),
        new("surprisal from .01", seed => Combined(seed, ScoreCombiner.MeanAndSurprisal(level: 0.01))),
        new("surprisal from .0001", seed => Combined(seed, ScoreCombiner.MeanAndSurprisal(level: 0.0001))),
        new("gain 3", seed => Combined(seed, ScoreCombiner.MeanAndSurprisal(gain: 3))),
        new("gain 30", seed => Combined(seed, ScoreCombiner.MeanAndSurprisal(gain: 30))),
        new("median", seed => Combined(seed, ScoreCombiner.Median)),
        new("maximum", seed => Combined(seed, ScoreCombiner.Maximum)),
        new("Euclidean distances", seed => Near(seed, own => own with { Metric = DistanceMetric.Euclidean })),
        new("quantile range .05", seed => Near(seed, own => own with { Scaling = FeatureScaling.QuantileRange() })),
        new("quantile range .1", seed => Near(seed, own => own with { Scaling = FeatureScaling.QuantileRange(0.1) })),
        new("quantile range .2", seed => Near(seed, own => own with { Scaling = FeatureScaling.QuantileRange(0.2) })),
        new("robust scaling", seed => Near(seed, own => own with { Scaling = FeatureScaling.Robust })),
        new("standard scaling", seed => Near(seed, own => own with { Scaling = FeatureScaling.Standard })),
        new("min-max scaling", seed => Near(seed, own => own with { Scaling = FeatureScaling.MinMax })),
        new("256 reference rows", seed => Near(seed, own => own with { SampleSize = 256 })),
        new("512 reference rows", seed => Near(seed, own => own with { SampleSize = 512 })),
        new("2,048 reference rows", seed => Near(seed, own => own with { SampleSize = 2048 })),
        new("20 neighbors", seed => Near(seed, own => own with { Neighbors = 20 })),
        new("envelope of .9 of the rows", seed => With(seed, Envelope, new EllipticEnvelopeTrainer { Seed = seed, Scaling = Own<EllipticEnvelopeTrainer>(seed, Envelope).Scaling, SupportFraction = 0.9 })),
        new("300 trees", seed => With(seed, Forest, new IsolationForestTrainer { Seed = seed, TreeCount = 300 })),
        new("without the forest", seed => Without(seed, Forest)),
        new("without the envelope", seed => Without(seed, Envelope)),
        new("without neighbors", seed => Without(seed, Neighbors)),
        new("with an autoencoder", seed => Plus(seed, RecommendedEnsemble.Small(seed).Members[^1])),
        new("with a local outlier factor", seed => Plus(seed, new("local-outlier-factor", new LocalOutlierFactorTrainer { Seed = seed, Scaling = FeatureScaling.QuantileRange(0.15), Metric = DistanceMetric.Manhattan, SampleSize = 1024 }))),
    ];

    /// <summary>What <see cref="RecommendedEnsemble"/> was in version 0.2.0: five members, chosen on the sets that it was measured on.</summary>
    private static EnsembleTrainer Former(ulong seed) => new()
    {
        Members =
        [
            new("isolation-forest", new IsolationForestTrainer { Seed = seed }),
            new("elliptic-envelope", new EllipticEnvelopeTrainer { Seed = seed }),
            new("nearest-neighbors", new NearestNeighborsTrainer { Seed = seed, Scaling = FeatureScaling.Robust, SampleSize = 10_000 }),
            new("local-outlier-factor", new LocalOutlierFactorTrainer { Seed = seed, Scaling = FeatureScaling.Robust, SampleSize = 512, SubsetCount = 10 }),
            new("autoencoder", new EnsembleTrainer
            {
                Members = [.. Enumerable.Range(0, 3).Select(network => new EnsembleMember($"network-{network}", new AutoencoderTrainer { Seed = seed + ((ulong)network << 32), Scaling = FeatureScaling.Robust }))],
                Weighting = MemberWeighting.Fixed,
            }),
        ],
    };

    private static EnsembleTrainer Combined(ulong seed, ScoreCombiner combiner) => RecommendedEnsemble.Create(seed) with { Combiner = combiner };

    private static T Own<T>(ulong seed, int member) => (T)RecommendedEnsemble.Create(seed).Members[member].Trainer;

    private static EnsembleTrainer Near(ulong seed, Func<NearestNeighborsTrainer, NearestNeighborsTrainer> change) => With(seed, Neighbors, change(Own<NearestNeighborsTrainer>(seed, Neighbors)));

    private static EnsembleTrainer Weighted(ulong seed, double weight) => Replace(seed, (member, i) => i == Neighbors ? member with { Weight = weight } : member);

    private static EnsembleTrainer With(ulong seed, int changed, IDetectorTrainer trainer) =>
        Replace(seed, (member, i) => i == changed ? new EnsembleMember(member.Name, trainer) { Weight = member.Weight } : member);

    private static EnsembleTrainer Without(ulong seed, int member)
    {
        var own = RecommendedEnsemble.Create(seed);
        return own with { Members = [.. own.Members.Where((_, i) => i != member)] };
    }

    private static EnsembleTrainer Plus(ulong seed, EnsembleMember member)
    {
        var own = RecommendedEnsemble.Create(seed);
        return own with { Members = [.. own.Members, member] };
    }

    private static EnsembleTrainer Replace(ulong seed, Func<EnsembleMember, int, EnsembleMember> replace)
    {
        var own = RecommendedEnsemble.Create(seed);
        return own with { Members = [.. own.Members.Select(replace)] };
    }
}
