using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Ensembles;

/// <summary>Members' scores of each row in ascending order, with where each one's weight begins and ends.</summary>
internal sealed class SortedScores
{
    private const double Rounding = 1e-12;

    private readonly GraphBuilder _graph;
    private readonly Value _scores;
    private readonly Value _from;
    private readonly Value _to;
    private readonly double _total;
    private readonly int _members;

    public SortedScores(GraphBuilder graph, Value scores, double[] weights)
    {
        _graph = graph;
        _members = weights.Length;
        _total = weights.Sum();
        (_scores, var order) = graph.Smallest(scores, weights.Length);
        var sorted = graph.Gather(graph.Constant(weights, weights.Length), order, 0);
        _to = graph.RunningSums(sorted);
        _from = graph.Subtract(_to, sorted);
    }

    /// <summary>The weighted mean of what is left when a share of the weight is cut off at either end.</summary>
    public Value TrimmedMean(double share)
    {
        double low = share * _total;
        var kept = _graph.Max(_graph.Subtract(_graph.Min(_to, _graph.Number(_total - low)), _graph.Max(_from, _graph.Number(low))), _graph.Number(0));
        return _graph.Divide(_graph.SumOfRow(_graph.Multiply(kept, _scores)), _graph.SumOfRow(kept));
    }

    /// <summary>The score that holds the middle of the weight; where two meet there, the middle between them.</summary>
    public Value Median()
    {
        double half = 0.5 * _total;
        var holds = _graph.And(_graph.Less(_from, _graph.Number(half - Rounding)), _graph.Greater(_to, _graph.Number(half + Rounding)));
        var meets = _graph.LessOrEqual(_graph.Abs(_graph.Subtract(_to, _graph.Number(half))), _graph.Number(Rounding));
        int[] next = [.. Enumerable.Range(1, _members - 1), _members - 1];
        var between = _graph.Multiply(_graph.Add(_scores, _graph.GatherColumns(_scores, next)), _graph.Number(0.5));
        var values = _graph.Where(meets, between, _scores);

        // The first of them; the last member where rounding left none.
        var isLast = _graph.GreaterOrEqual(_graph.Constant([.. Enumerable.Range(0, _members).Select(i => (float)i)], 1, _members), _graph.Single(_members - 1));
        var found = _graph.Cast(_graph.Or(_graph.Or(holds, meets), isLast), ElementType.Single);
        var first = _graph.Apply("ArgMax", [found], Attributes.Number("axis", 1), Attributes.Number("keepdims", 1));
        return _graph.Apply("GatherElements", [values, first], Attributes.Number("axis", 1));
    }
}
