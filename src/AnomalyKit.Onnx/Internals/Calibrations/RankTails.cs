using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Lookups;

namespace AnomalyKit.Onnx.Calibrations;

/// <summary>Tails that are counted: by ranks among kept scores.</summary>
internal static class RankTails
{
    /// <summary>(1 + those at least as high) / (1 + all).</summary>
    public static Value OfConformal(GraphBuilder graph, ConformalCalibrator conformal, Value scores)
    {
        float[] sorted = conformal.Sorted;
        // Below a score is what is at or below it once moved up by one step.
        var below = SearchTree.CountUpTo(graph, scores, Array.ConvertAll(sorted, MathF.BitIncrement));
        return graph.Divide(graph.Subtract(graph.Number(1.0 + sorted.Length), graph.ToDouble(below)), graph.Number(1.0 + sorted.Length));
    }

    /// <summary>Linear between knots, a generalised Pareto distribution beyond the last.</summary>
    public static Value OfRank(GraphBuilder graph, RankTail rank, Value scores)
    {
        double[] knots = rank.Knots;
        double[] tails = rank.Tails;
        int count = knots.Length;
        var place = SearchTree.CountUpTo(graph, scores, Array.ConvertAll(knots, SearchTree.Above));
        var wide = graph.ToDouble(scores);

        // Entry i holds for scores with i knots at or below: none gives 1, all gives the last tail.
        double[] from = [0, .. knots];
        double[] start = [1, .. tails];
        double[] width = [1, .. Enumerable.Range(1, count - 1).Select(i => knots[i] - knots[i - 1]), 1];
        double[] change = [0, .. Enumerable.Range(1, count - 1).Select(i => tails[i] - tails[i - 1]), 0];
        var position = graph.Divide(graph.Subtract(wide, Entry(graph, from, place)), Entry(graph, width, place));
        var between = graph.Add(Entry(graph, start, place), graph.Multiply(position, Entry(graph, change, place)));
        var excess = graph.Max(graph.Subtract(wide, graph.Number(knots[^1])), graph.Number(0));
        return graph.Where(graph.AreEqual(place, graph.Integer(count)), graph.Multiply(graph.Number(tails[^1]), Beyond(graph, rank, excess)), between);
    }

    private static Value Beyond(GraphBuilder graph, RankTail rank, Value excess)
    {
        if (rank.Spread == 0)
            return graph.Where(graph.Greater(excess, graph.Number(0)), graph.Number(0), graph.Number(1));
        if (Math.Abs(rank.Shape) < 1e-9)
            return graph.Exp(graph.Divide(excess, graph.Number(-rank.Spread)));
        var growth = graph.Add(graph.Divide(graph.Multiply(excess, graph.Number(rank.Shape)), graph.Number(rank.Spread)), graph.Number(1));
        return graph.Power(growth, graph.Number(-1 / rank.Shape));
    }

    private static Value Entry(GraphBuilder graph, double[] table, Value place) => graph.Gather(graph.Constant(table, table.Length), place, 0);
}
