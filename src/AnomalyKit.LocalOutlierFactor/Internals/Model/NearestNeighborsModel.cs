using AnomalyKit.Persistence;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>A fitted k-nearest-neighbors detector: the reference rows, once or in several subsets.</summary>
internal sealed record NearestNeighborsModel(int Neighbors, DistanceMetric Metric, NeighborDistance Distance, ReferenceSet[] Sets, float[] TrainingScores)
{
    public static NearestNeighborsModel Read(ModelReader reader, int columns)
    {
        var common = NeighborModel.Read(reader);
        var distance = reader.GetString("distance") switch
        {
            "mean" => NeighborDistance.Mean,
            "largest" => NeighborDistance.Largest,
            "median" => NeighborDistance.Median,
            var other => throw ModelReader.FormatError($"its distance is '{other}'; mean, largest or median was expected"),
        };
        var sets = new ReferenceSet[common.SubsetCount];
        for (int i = 0; i < sets.Length; i++)
            sets[i] = ReferenceSet.Read(reader.Scope(NeighborModel.SetName(i)), columns, common.Neighbors, common.Metric, common.Engine);
        return new NearestNeighborsModel(common.Neighbors, common.Metric, distance, sets, NeighborModel.ReadTrainingScores(reader));
    }

    public void WriteTo(ModelWriter writer)
    {
        NeighborModel.Write(writer, Neighbors, Metric, Sets, TrainingScores);
        writer.Set("distance", Distance switch
        {
            NeighborDistance.Largest => "largest",
            NeighborDistance.Median => "median",
            _ => "mean",
        });
    }
}
