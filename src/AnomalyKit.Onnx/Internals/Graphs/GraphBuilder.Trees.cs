namespace AnomalyKit.Onnx.Graphs;

/// <content>Operators of the domain for trees and labels.</content>
internal sealed partial class GraphBuilder
{
    private const int BytesOfNode = 40;

    /// <summary>The sums of the leaves that each row reaches: float32 [rows, 1].</summary>
    /// <param name="rows">float32.</param>
    /// <param name="table">The trees; none is a leaf alone.</param>
    public Value SumOfLeaves(Value rows, TreeTable table)
    {
        _root.HasTrees = true;
        Size.Add((long)table.Count * BytesOfNode, "its trees");
        int[] leaves = [.. Enumerable.Range(0, table.Count).Where(at => table.IsLeaf[at])];
        return Apply(
            TreeDomain,
            "TreeEnsembleRegressor",
            1,
            [rows],
            [
                Attributes.Numbers("nodes_treeids", [.. table.Trees]),
                Attributes.Numbers("nodes_nodeids", [.. table.Nodes]),
                Attributes.Numbers("nodes_featureids", [.. table.Columns]),
                Attributes.Texts("nodes_modes", table.IsLeaf.Select(isLeaf => isLeaf ? "LEAF" : "BRANCH_LT")),
                Attributes.Numbers("nodes_values", [.. table.Thresholds]),
                Attributes.Numbers("nodes_truenodeids", [.. table.Left]),
                Attributes.Numbers("nodes_falsenodeids", [.. table.Right]),
                Attributes.Numbers("target_treeids", [.. leaves.Select(leaf => table.Trees[leaf])]),
                Attributes.Numbers("target_nodeids", [.. leaves.Select(leaf => table.Nodes[leaf])]),
                Attributes.Numbers("target_ids", new long[leaves.Length]),
                Attributes.Numbers("target_weights", [.. leaves.Select(leaf => table.Weights[leaf])]),
                Attributes.Number("n_targets", 1),
            ])[0];
    }

    /// <summary>The numbers of words in a list: int64, as many as there are words.</summary>
    /// <param name="words">Texts of any shape.</param>
    /// <param name="list">The words, none twice.</param>
    /// <param name="otherwise">The number of all other words.</param>
    public Value Find(Value words, IReadOnlyList<string> list, long otherwise)
    {
        _root.HasTrees = true;
        Size.Add(list.Sum(word => 6L + (3L * word.Length)) + (3L * list.Count), "a list of levels");
        return Apply(
            TreeDomain,
            "LabelEncoder",
            1,
            [words],
            [
                Attributes.Texts("keys_strings", list),
                Attributes.Numbers("values_int64s", [.. Enumerable.Range(0, list.Count).Select(number => (long)number)]),
                Attributes.Number("default_int64", otherwise),
            ])[0];
    }
}
