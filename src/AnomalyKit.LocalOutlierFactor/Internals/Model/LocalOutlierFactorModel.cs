using AnomalyKit.Persistence;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>A fitted local outlier factor: the reference rows, once or in several subsets, with their densities.</summary>
internal sealed class LocalOutlierFactorModel
{
    public LocalOutlierFactorModel(int neighbors, DistanceMetric metric, ReferenceSet[] sets, LocalDensities[] densities, float[] trainingScores)
    {
        Neighbors = neighbors;
        Metric = metric;
        Sets = sets;
        Densities = densities;
        TrainingScores = trainingScores;
    }

    public int Neighbors { get; }

    public DistanceMetric Metric { get; }

    public ReferenceSet[] Sets { get; }

    public LocalDensities[] Densities { get; }

    public float[] TrainingScores { get; }

    public static LocalOutlierFactorModel Read(ModelReader reader, int columns)
    {
        var common = NeighborModel.Read(reader);
        var sets = new ReferenceSet[common.SubsetCount];
        var densities = new LocalDensities[common.SubsetCount];
        for (int i = 0; i < sets.Length; i++)
        {
            var scope = reader.Scope(NeighborModel.SetName(i));
            sets[i] = ReferenceSet.Read(scope, columns, common.Neighbors, common.Metric, common.Engine);
            densities[i] = new LocalDensities(
                sets[i].Copies,
                Distances(scope, "k_distance", sets[i].PointCount),
                Distances(scope, "mean_reachability", sets[i].PointCount),
                scope.GetDouble("floor"));
            double floor = densities[i].Floor;
            if (!(floor is 0 or (>= LocalDensities.SmallestDistance and <= LocalDensities.LargestDistance)) || (floor == 0 && densities[i].Reachability.Contains(0)))
                throw ModelReader.FormatError($"'floor' is {floor}; densities need a positive one where a mean reachability distance is 0, no more than 1e60");
        }

        return new LocalOutlierFactorModel(common.Neighbors, common.Metric, sets, densities, NeighborModel.ReadTrainingScores(reader));
    }

    public void WriteTo(ModelWriter writer)
    {
        NeighborModel.Write(writer, Neighbors, Metric, Sets, TrainingScores);
        for (int i = 0; i < Sets.Length; i++)
        {
            var scope = writer.Scope(NeighborModel.SetName(i));
            scope.Add("k_distance", Densities[i].KDistance.AsMemory());
            scope.Add("mean_reachability", Densities[i].Reachability.AsMemory());
            scope.Set("floor", Densities[i].Floor);
        }
    }

    private static double[] Distances(ModelReader reader, string name, int count)
    {
        double[] distances = reader.GetDoubles(name, count);
        foreach (double distance in distances)
        {
            if (!(distance is 0 or (>= LocalDensities.SmallestDistance and <= LocalDensities.LargestDistance)))
                throw ModelReader.FormatError($"'{name}' holds {distance}; distances of float32 rows were expected");
        }

        return distances;
    }
}
