using AnomalyKit.Ensemble;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Ensembles;

/// <summary>How members' scores become one.</summary>
internal static class CombinerExport
{
    /// <summary>Combines scores.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="combiner">The rule.</param>
    /// <param name="scores">double [rows, members], on one scale.</param>
    /// <param name="weights">The members' weights.</param>
    /// <returns>double [rows, 1].</returns>
    public static Value Combine(GraphBuilder graph, ScoreCombiner combiner, Value scores, double[] weights) => combiner switch
    {
        MeanCombiner => graph.SumOfRow(graph.Multiply(scores, graph.Constant(weights, 1, weights.Length))),
        MaximumCombiner => graph.MaxOfRow(scores),
        VoteCombiner => graph.SumOfRow(scores),
        MedianCombiner => new SortedScores(graph, scores, weights).Median(),
        TrimmedMeanCombiner trimmed => new SortedScores(graph, scores, weights).TrimmedMean(trimmed.Share),
        GroupCombiner grouped => Groups(graph, grouped, scores, weights),
        _ => throw new OnnxExportException($"The combiner '{combiner.Kind}' has no form in ONNX here."),
    };

    private static Value Groups(GraphBuilder graph, GroupCombiner combiner, Value scores, double[] weights)
    {
        int[] groupOf = combiner.GroupsOf(weights.Length);
        var parts = new List<Value>();
        int groups = groupOf.Max() + 1;
        for (int group = 0; group < groups; group++)
        {
            int[] members = [.. Enumerable.Range(0, groupOf.Length).Where(member => groupOf[member] == group)];
            double[] own = [.. members.Select(member => weights[member])];
            var some = graph.GatherColumns(scores, members);
            if (combiner.MaximumFirst)
                parts.Add(graph.Divide(graph.MaxOfRow(some), graph.Number(groups)));
            else if (own.Sum() > 0)
                parts.Add(graph.Divide(graph.SumOfRow(graph.Multiply(some, graph.Constant(own, 1, own.Length))), graph.Number(own.Sum())));
        }

        var all = graph.Join([.. parts]);
        return combiner.MaximumFirst ? graph.SumOfRow(all) : graph.MaxOfRow(all);
    }
}
