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
    /// <param name="tails">The tail of each member's training scores, where it has one.</param>
    /// <returns>double [rows, 1].</returns>
    public static Value Combine(GraphBuilder graph, ScoreCombiner combiner, Value scores, double[] weights, MemberTail?[] tails) => combiner switch
    {
        MeanCombiner => Mean(graph, scores, weights),
        SurprisalCombiner surprisal => Surprisal(graph, surprisal, scores, weights, tails),
        MaximumCombiner => graph.MaxOfRow(scores),
        VoteCombiner => graph.SumOfRow(scores),
        MedianCombiner => new SortedScores(graph, scores, weights).Median(),
        TrimmedMeanCombiner trimmed => new SortedScores(graph, scores, weights).TrimmedMean(trimmed.Share),
        GroupCombiner grouped => Groups(graph, grouped, scores, weights),
        _ => throw new OnnxExportException($"The combiner '{combiner.Kind}' has no form in ONNX here."),
    };

    private static Value Mean(GraphBuilder graph, Value scores, double[] weights) => graph.SumOfRow(graph.Multiply(scores, graph.Constant(weights, 1, weights.Length)));

    private static Value Surprisal(GraphBuilder graph, SurprisalCombiner combiner, Value scores, double[] weights, MemberTail?[] tails)
    {
        var score = Mean(graph, scores, weights);
        for (int m = 0; m < tails.Length; m++)
        {
            if (tails[m] is not { } tail)
                continue;
            var normalized = graph.GatherColumns(scores, [m]);
            var value = tail.Units.IsLogarithm
                ? graph.Exp(graph.Add(graph.Multiply(normalized, graph.Number(tail.Units.Deviation)), graph.Number(tail.Units.Mean)))
                : normalized;
            var excess = graph.Max(graph.Subtract(value, graph.Number(tail.Bound)), graph.Number(0));
            var logarithm = graph.Log(graph.Add(graph.Multiply(excess, graph.Number(tail.Shape / tail.Spread)), graph.Number(1)));
            var surprisal = graph.Subtract(graph.Divide(logarithm, graph.Number(tail.Shape * Math.Log(10))), graph.Number(Math.Log10(tail.Share)));
            // What lies below the bound is likelier than the level, so that it need not be told apart here.
            var beyond = graph.Max(graph.Subtract(graph.Min(surprisal, graph.Number(MemberTail.MostSurprisal)), graph.Number(combiner.LeastSurprisal)), graph.Number(0));
            score = graph.Add(score, graph.Multiply(beyond, graph.Number(combiner.Gain)));
        }

        return score;
    }

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
