using AnomalyKit.LocalOutlierFactor;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>Scores by nearest reference rows: distances from differences in double, equal ones by the order of the rows, copies of a row counted as the library counts them.</summary>
internal static class NeighborExport
{
    public static Value Score(GraphBuilder graph, NearestNeighborsDetector detector, Value cells)
    {
        var model = detector.Model;
        return Average(graph, model.Sets, model.Metric, model.Neighbors, cells, (_, near) => model.Distance switch
        {
            NeighborDistance.Mean => graph.Divide(graph.SumOfRow(graph.Multiply(near.Taken, near.Distances)), graph.Number(model.Neighbors)),
            NeighborDistance.Largest => graph.MaxOfRow(graph.Where(graph.Greater(near.Taken, graph.Number(0)), near.Distances, graph.Number(0))),
            NeighborDistance.Median => Median(graph, near, model.Neighbors),
            var other => throw new OnnxExportException($"The distance '{other}' has no form in ONNX here."),
        });
    }

    public static Value Score(GraphBuilder graph, LocalOutlierFactorDetector detector, Value cells)
    {
        var model = detector.Model;
        return Average(graph, model.Sets, model.Metric, model.Neighbors, cells, (set, near) =>
        {
            var densities = model.Densities[set];
            var own = graph.Gather(graph.Constant(densities.KDistance, densities.KDistance.Length), near.Points, 0);
            var reachability = graph.Divide(graph.SumOfRow(graph.Multiply(near.Taken, graph.Max(own, near.Distances))), graph.Number(model.Neighbors));
            var density = graph.Gather(graph.Constant(densities.Density, densities.Density.Length), near.Points, 0);
            var sum = graph.SumOfRow(graph.Multiply(near.Taken, density));
            return graph.Divide(graph.Multiply(graph.Max(reachability, graph.Number(densities.Floor)), sum), graph.Number(model.Neighbors));
        });
    }

    private static Value Average(
        GraphBuilder graph, ReferenceSet[] sets, DistanceMetric metric, int neighbors, Value cells, Func<int, NearestPoints, Value> score)
    {
        var wide = graph.ToDouble(cells);
        Value? sum = null;
        for (int set = 0; set < sets.Length; set++)
        {
            var own = score(set, NearestPoints.Of(graph, sets[set], metric, neighbors, wide));
            sum = sum is { } before ? graph.Add(before, own) : own;
        }

        var mean = graph.Divide(sum!.Value, graph.Number(sets.Length));
        return graph.ToSingle(graph.Min(mean, graph.Number(float.MaxValue)));
    }

    private static Value Median(GraphBuilder graph, NearestPoints near, int neighbors)
    {
        // The ranks of the middle: the same where k is odd.
        var lower = graph.Multiply(Holds(graph, near, (neighbors - 1) / 2), near.Distances);
        var upper = graph.Multiply(Holds(graph, near, neighbors / 2), near.Distances);
        return graph.Multiply(graph.SumOfRow(graph.Add(lower, upper)), graph.Number(0.5));
    }

    /// <summary>1 for the point whose copies hold a rank, 0 for others.</summary>
    private static Value Holds(GraphBuilder graph, NearestPoints near, int rank)
    {
        var number = graph.Number(rank);
        var isBefore = graph.LessOrEqual(near.Before, number);
        return graph.ToDouble(graph.And(isBefore, graph.Less(number, graph.Add(near.Before, near.Taken))));
    }
}
