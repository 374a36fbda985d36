using AnomalyKit.IsolationForest;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>Path lengths of rows with missing cells, which go both ways at a split by such a cell, in proportion to the sample rows that went each way.</summary>
/// <remarks>
/// The operator for trees sends a row one way. So these rows, and only these, are taken one by one: level by level, every node's share of the row is divided between its children, for
/// all trees at once. Nothing of it runs where no cell is missing.
/// </remarks>
/// <param name="trees">The trees.</param>
internal sealed class MissingPaths(ForestTrees trees)
{
    private readonly IsolationForestModel _model = trees.Model;

    /// <summary>Replaces the sums of rows with missing cells.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="sums">double [rows, 1].</param>
    /// <param name="cells">float32 [rows, columns].</param>
    /// <param name="isMissing">Which cells are NaN.</param>
    /// <returns>double [rows, 1].</returns>
    public Value Replace(GraphBuilder graph, Value sums, Value cells, Value isMissing)
    {
        var gaps = graph.MaxOfRow(graph.Cast(isMissing, ElementType.Single));
        var wide = trees.Cells(graph, cells);
        // The greatest of no rows at all is none: one that is always there makes it 0.
        var all = graph.Apply("Concat", [graph.Reshape(gaps, -1), graph.Constant([0f], 1)], Attributes.Number("axis", 0));
        var any = graph.Reshape(graph.Greater(graph.Apply("ReduceMax", [all], Attributes.Number("keepdims", 1)), graph.Single(0)), 1);

        var some = graph.Inner();
        var which = some.Reshape(some.Apply("NonZero", [some.Reshape(gaps, -1)]), -1);
        var body = graph.Inner();
        body.InnerOutput(Expected(body, body.InnerInput(ElementType.Single, null)), ElementType.Double, 1);
        var own = some.Apply("Scan", [some.Gather(wide, which, 0)], Attributes.Graph("body", body.Graph), Attributes.Number("num_scan_inputs", 1));
        var replaced = some.Apply("ScatterND", [sums, some.Reshape(which, -1, 1), own]);
        some.InnerOutput(replaced, ElementType.Double, null);

        var none = graph.Inner();
        none.InnerOutput(none.Apply("Identity", [sums]), ElementType.Double, null);
        return graph.Apply("If", [any], Attributes.Graph("then_branch", some.Graph), Attributes.Graph("else_branch", none.Graph));
    }

    /// <summary>The expected path length of one row over all trees: double [1].</summary>
    private Value Expected(GraphBuilder graph, Value row)
    {
        int[] roots = [.. Enumerable.Range(0, _model.TreeCount).Select(tree => _model.TreeStarts[tree])];
        var known = graph.Constant([roots.Where(IsLeaf).Sum(root => (double)_model.PathLength[root])], 1);
        int[] level = [.. roots.Where(root => !IsLeaf(root))];
        int[] starts = [.. roots.Where(root => !IsLeaf(root))];
        var shares = graph.Constant(Enumerable.Repeat(1.0, level.Length).ToArray(), level.Length);
        while (level.Length > 0)
        {
            var cells = graph.Gather(row, graph.Constant([.. level.Select(node => (long)trees.ColumnOf(node))], level.Length), 0);
            var isLess = graph.ToDouble(graph.Less(cells, graph.Constant([.. level.Select(trees.ThresholdOf)], level.Length)));
            int[] left = [.. level.Select((node, i) => starts[i] + _model.Left[node])];
            var leftShare = graph.Constant([.. level.Select((node, i) => (double)_model.Size[left[i]] / _model.Size[node])], level.Length);
            var toLeft = graph.Multiply(shares, graph.Where(graph.IsNaN(cells), leftShare, isLess));
            var both = graph.Apply("Concat", [toLeft, graph.Subtract(shares, toLeft)], Attributes.Number("axis", 0));

            int[] children = [.. left, .. left.Select(child => child + 1)];
            int[] treeStarts = [.. starts, .. starts];
            var lengths = graph.Constant([.. children.Select(child => (double)_model.PathLength[child])], children.Length);
            var reached = graph.Apply("ReduceSum", [graph.Multiply(both, lengths), graph.Constant([0L], 1)], Attributes.Number("keepdims", 1));
            known = graph.Add(known, reached);
            int[] next = [.. Enumerable.Range(0, children.Length).Where(i => !IsLeaf(children[i]))];
            shares = graph.Gather(both, graph.Constant([.. next.Select(i => (long)i)], next.Length), 0);
            level = [.. next.Select(i => children[i])];
            starts = [.. next.Select(i => treeStarts[i])];
        }

        return known;
    }

    private bool IsLeaf(int node) => _model.Feature[node] < 0;
}
