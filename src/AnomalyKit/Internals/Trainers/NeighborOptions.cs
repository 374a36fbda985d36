namespace AnomalyKit.Trainers;

internal static class NeighborOptions
{
    public static OptionTable<NearestNeighborsTrainer> NearestNeighbors { get; } = new OptionTable<NearestNeighborsTrainer>("nearest-neighbors", new())
        .WithNeighbors<NearestNeighborsTrainer, NearestNeighborsDetector>()
        .With("Distance", "Which distance is the score.", ValueText.Enum<NeighborDistance>(), t => t.Distance, (t, v) => t with { Distance = v })
        .WithSubsets<NearestNeighborsTrainer, NearestNeighborsDetector>();

    public static OptionTable<LocalOutlierFactorTrainer> LocalOutlierFactor { get; } = new OptionTable<LocalOutlierFactorTrainer>("local-outlier-factor", new())
        .WithNeighbors<LocalOutlierFactorTrainer, LocalOutlierFactorDetector>()
        .WithSubsets<LocalOutlierFactorTrainer, LocalOutlierFactorDetector>();

    private static OptionTable<TTrainer> WithNeighbors<TTrainer, TDetector>(this OptionTable<TTrainer> table)
        where TTrainer : NeighborTrainer<TDetector>
        where TDetector : AnomalyDetector<TDetector>, IDetectorKind<TDetector> => table
        .With("Neighbors", "The size of a neighborhood; null for the default, which depends on the number of rows.", ValueText.Int32("at least 1").OrNull(), t => t.Neighbors, (t, v) => t with { Neighbors = v })
        .With("Metric", "How the distance of two rows is measured.", ValueText.Enum<DistanceMetric>(), t => t.Metric, (t, v) => t with { Metric = v });

    private static OptionTable<TTrainer> WithSubsets<TTrainer, TDetector>(this OptionTable<TTrainer> table)
        where TTrainer : NeighborTrainer<TDetector>
        where TDetector : AnomalyDetector<TDetector>, IDetectorKind<TDetector> => table
        .With("SampleSize", "The rows, drawn at random, that others are compared with; null for all.", ValueText.Int32("at least 2").OrNull(), t => t.SampleSize, (t, v) => t with { SampleSize = v })
        .With("SubsetCount", "The number of such samples that scores are averaged over.", ValueText.Int32("from 1 to 1,000"), t => t.SubsetCount, (t, v) => t with { SubsetCount = v })
        .With("Engine", "How neighbors are looked for; results are the same with every engine.", ValueText.Enum<NeighborEngine>(), t => t.Engine, (t, v) => t with { Engine = v })
        .WithFrame<TTrainer, TDetector>()
        .With("Seed", "The seed of the samples.", ValueText.Seed, t => t.Seed, (t, v) => t with { Seed = v });
}
