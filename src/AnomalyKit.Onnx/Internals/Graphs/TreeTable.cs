namespace AnomalyKit.Onnx.Graphs;

/// <summary>Trees as the operator takes them: a row goes left where its number is below the node's, and the leaves it reaches are added up.</summary>
internal sealed class TreeTable
{
    private readonly List<long> _trees = [];
    private readonly List<long> _nodes = [];
    private readonly List<long> _columns = [];
    private readonly List<float> _thresholds = [];
    private readonly List<bool> _isLeaf = [];
    private readonly List<long> _left = [];
    private readonly List<long> _right = [];
    private readonly List<float> _weights = [];

    /// <summary>All nodes so far.</summary>
    public int Count => _trees.Count;

    public IReadOnlyList<long> Trees => _trees;

    public IReadOnlyList<long> Nodes => _nodes;

    public IReadOnlyList<long> Columns => _columns;

    public IReadOnlyList<float> Thresholds => _thresholds;

    public IReadOnlyList<bool> IsLeaf => _isLeaf;

    public IReadOnlyList<long> Left => _left;

    public IReadOnlyList<long> Right => _right;

    /// <summary>What each leaf adds; 0 elsewhere.</summary>
    public IReadOnlyList<float> Weights => _weights;

    /// <summary>Adds a node that splits.</summary>
    /// <param name="tree">Its tree.</param>
    /// <param name="node">Its number in the tree; roots have 0.</param>
    /// <param name="column">The column it looks at.</param>
    /// <param name="threshold">Numbers below go left.</param>
    /// <param name="left">The number of its left child.</param>
    /// <param name="right">The number of its right child.</param>
    public void Split(int tree, int node, int column, float threshold, int left, int right) => Add(tree, node, column, threshold, false, left, right, 0);

    /// <summary>Adds a leaf.</summary>
    public void Leaf(int tree, int node, float weight) => Add(tree, node, 0, 0, true, 0, 0, weight);

    private void Add(int tree, int node, int column, float threshold, bool isLeaf, int left, int right, float weight)
    {
        _trees.Add(tree);
        _nodes.Add(node);
        _columns.Add(column);
        _thresholds.Add(threshold);
        _isLeaf.Add(isLeaf);
        _left.Add(left);
        _right.Add(right);
        _weights.Add(weight);
    }
}
