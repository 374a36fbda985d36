using System.Buffers;
using System.Numerics;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Walks rows that may have missing cells down trees that may split categories.</summary>
/// <remarks>
/// At a split whose cell is missing, a row goes both ways, weighted by the sample rows that went each way: its path length in a tree is the expectation over the leaves it
/// reaches, rounded to 2⁻¹⁶ once per tree. Leaves are added from left to right, whatever rows are beside it, so sums are exact and the same at any batch size. A row
/// reaches at most every node of a tree; what is left to visit is kept on a stack no higher than the tree, so that no tree is too deep.
/// </remarks>
internal sealed unsafe class MixedWalker
{
    /// <summary>The rows of the largest tile of any kernel.</summary>
    public const int TileRows = 512;

    /// <summary>Nodes that a call may visit: some tens of milliseconds.</summary>
    private const int NodesAtOnce = 1 << 25;

    private readonly MixedNode[] _nodes;
    private readonly int[] _starts;
    private readonly int _columns;
    private readonly int _highest;
    private readonly LevelSets? _levels;

    public MixedWalker(IsolationForestModel model)
    {
        _columns = model.Columns;
        _starts = model.TreeStarts;
        _highest = model.TreeDepths.Max() + 1;
        _levels = model.Categories is { } categories ? new LevelSets(categories) : null;
        _nodes = new MixedNode[model.Feature.Length];
        for (int at = 0; at < _nodes.Length; at++)
        {
            int left = model.Feature[at] < 0 ? model.PathLength[at] : model.Left[at];
            _nodes[at] = new MixedNode(model.Threshold[at], model.Feature[at], left, model.Size[at], -1);
        }

        for (int split = 0; split < model.Categories?.Nodes.Length; split++)
        {
            ref var node = ref _nodes[model.Categories.Nodes[split]];
            node = node with { Split = split };
        }
    }

    /// <summary>The most rows to walk in one call.</summary>
    public int MaxBlockRows => (NodesAtOnce / _nodes.Length) is >= TileRows and var rows ? rows / TileRows * TileRows : Math.Max(1, NodesAtOnce / _nodes.Length);

    /// <summary>The rows that the kernels of plain columns cannot score: those with a missing cell, or all where trees split categories.</summary>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="found">Room for every row; receives their numbers, ascending.</param>
    /// <returns>How many there are.</returns>
    public int FindRows(ReadOnlySpan<float> rows, Span<int> found)
    {
        if (_levels is null && !HasMissing(rows))
            return 0;
        int count = 0;
        int rowCount = rows.Length / _columns;
        for (int row = 0; row < rowCount; row++)
        {
            found[count] = row;
            count += _levels is not null || HasMissing(rows.Slice(row * _columns, _columns)) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Sets the sums of the given rows to their path lengths over all trees, in units of 2⁻¹⁶.</summary>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="which">The numbers of the rows.</param>
    /// <param name="sums">One sum per row; those of other rows stay.</param>
    public void SetPathLengths(float* rows, ReadOnlySpan<int> which, double* sums)
    {
        foreach (int row in which)
            sums[row] = 0;
        var rented = ArrayPool<Branch>.Shared.Rent(_highest);
        try
        {
            fixed (MixedNode* allNodes = _nodes)
            fixed (Branch* branches = rented)
            {
                for (int tree = 0; tree < _starts.Length - 1; tree++)
                {
                    MixedNode* nodes = allNodes + _starts[tree];
                    foreach (int row in which)
                        sums[row] += PathLength(nodes, rows + ((long)row * _columns), branches);
                }
            }
        }
        finally
        {
            ArrayPool<Branch>.Shared.Return(rented);
        }
    }

    private static bool HasMissing(ReadOnlySpan<float> cells)
    {
        int i = 0;
        for (; i <= cells.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var some = new Vector<float>(cells[i..]);
            if (!Vector.EqualsAll(some, some))
                return true;
        }

        for (; i < cells.Length; i++)
        {
            if (float.IsNaN(cells[i]))
                return true;
        }

        return false;
    }

    private double PathLength(MixedNode* nodes, float* row, Branch* branches)
    {
        int leafOrGap = Descend(nodes, 0, row);
        return nodes[leafOrGap].Feature < 0 ? nodes[leafOrGap].Left : ExpectedPathLength(nodes, leafOrGap, row, branches);
    }

    /// <summary>Goes down to a leaf, or to a split whose cell is missing.</summary>
    private int Descend(MixedNode* nodes, int at, float* row)
    {
        while (true)
        {
            MixedNode* node = nodes + at;
            if (node->Feature < 0)
                return at;
            float cell = row[node->Feature];
            if (float.IsNaN(cell))
                return at;
            bool right = node->Split < 0 ? cell >= node->Threshold : _levels!.GoesRight(node->Split, cell);
            at = node->Left + (right ? 1 : 0);
        }
    }

    private double ExpectedPathLength(MixedNode* nodes, int at, float* row, Branch* branches)
    {
        double expected = 0;
        double weight = 1;
        int waiting = 0;
        while (true)
        {
            at = Descend(nodes, at, row);
            MixedNode* node = nodes + at;
            if (node->Feature >= 0)
            {
                int left = node->Left;
                branches[waiting++] = new Branch(left + 1, weight * nodes[left + 1].Size / node->Size);
                weight = weight * nodes[left].Size / node->Size;
                at = left;
                continue;
            }

            expected += weight * node->Left;
            if (waiting == 0)
                return Math.Round(expected);
            (at, weight) = branches[--waiting];
        }
    }

    private readonly record struct Branch(int Node, double Weight);
}
