using AnomalyKit.Persistence;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>What the model files of both detectors hold: how neighbors are found, the reference rows, and the training rows' scores.</summary>
/// <param name="Neighbors">k.</param>
/// <param name="Metric">How distances are measured.</param>
/// <param name="Engine">What they are found with.</param>
/// <param name="SubsetCount">The number of reference sets.</param>
internal sealed record NeighborModel(int Neighbors, DistanceMetric Metric, NeighborEngine Engine, int SubsetCount)
{
    /// <summary>The most reference sets.</summary>
    public const int MaxSubsets = 1000;

    public static string SetName(int set) => FormattableString.Invariant($"set{set}");

    public static NeighborModel Read(ModelReader reader)
    {
        int neighbors = reader.GetInt32("neighbors", 1, int.MaxValue - 1);
        var metric = reader.GetString("metric") switch
        {
            "euclidean" => DistanceMetric.Euclidean,
            "manhattan" => DistanceMetric.Manhattan,
            "chebyshev" => DistanceMetric.Chebyshev,
            var other => throw ModelReader.FormatError($"its metric is '{other}'; euclidean, manhattan or chebyshev was expected"),
        };
        var engine = reader.GetString("engine") switch
        {
            "tree" => NeighborEngine.Tree,
            "brute-force" => NeighborEngine.BruteForce,
            var other => throw ModelReader.FormatError($"its engine is '{other}'; tree or brute-force was expected"),
        };
        return new NeighborModel(neighbors, metric, engine, reader.GetInt32("sets", 1, MaxSubsets));
    }

    public static float[] ReadTrainingScores(ModelReader reader)
    {
        float[] scores = reader.GetSingles("training_scores", -1);
        return scores.All(score => score >= 0) ? scores : throw ModelReader.FormatError("a training score is below 0");
    }

    public static void Write(ModelWriter writer, int neighbors, DistanceMetric metric, ReferenceSet[] sets, float[] trainingScores)
    {
        writer.Set("neighbors", neighbors);
        writer.Set("metric", metric switch
        {
            DistanceMetric.Manhattan => "manhattan",
            DistanceMetric.Chebyshev => "chebyshev",
            _ => "euclidean",
        });
        writer.Set("engine", sets[0].Search.UsesTree ? "tree" : "brute-force");
        writer.Set("sets", sets.Length);
        for (int i = 0; i < sets.Length; i++)
            sets[i].WriteTo(writer.Scope(SetName(i)));
        writer.Add("training_scores", trainingScores.AsMemory());
    }
}
