using AnomalyKit.IsolationForest;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>The trees of a forest, in terms of the rows that the graph compares.</summary>
/// <param name="model">The forest.</param>
/// <param name="thresholds">The thresholds of all nodes for rows as they come.</param>
/// <param name="categories">The columns that stand for splits by categories.</param>
/// <param name="bases">What path lengths of each tree are counted from.</param>
internal sealed class ForestTrees(IsolationForestModel model, float[] thresholds, CategoryColumns categories, int[] bases)
{
    public IsolationForestModel Model => model;

    public int[] Bases => bases;

    /// <summary>The column that a node splits: one of the row's, or behind them one of the categories'.</summary>
    public int ColumnOf(int node) => categories.Of(node) is >= 0 and var column ? model.Columns + column : model.Feature[node];

    /// <summary>Rows below it go left.</summary>
    public float ThresholdOf(int node) => categories.Of(node) >= 0 ? 0.5f : thresholds[node];

    /// <summary>The cells that nodes compare: those of the row, and behind them those of the categories.</summary>
    public Value Cells(GraphBuilder graph, Value cells) => categories.Columns is { } further ? graph.Join(cells, further) : cells;

    /// <summary>Sums of path lengths over all trees, in units of 2⁻¹⁶: double [rows, 1].</summary>
    public Value Sum(GraphBuilder graph, Value cells)
    {
        var table = new TreeTable();
        double sum = 0;
        int next = 0;
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int start = model.TreeStarts[tree];
            int?[] equal = EqualLengths(start, model.TreeStarts[tree + 1]);
            if (equal[0] is { } length)
            {
                // A tree that says the same of every row.
                sum += length;
                continue;
            }

            sum += bases[tree];
            AddTree(table, next++, start, equal, bases[tree]);
        }

        return next == 0
            ? graph.ForEveryRow(cells, sum)
            : graph.Add(graph.ToDouble(graph.SumOfLeaves(Cells(graph, cells), table)), graph.Number(sum));
    }

    /// <summary>For each node of a tree the path length that all leaves below it have; null where they differ.</summary>
    private int?[] EqualLengths(int start, int end)
    {
        var equal = new int?[end - start];
        for (int at = equal.Length - 1; at >= 0; at--)
        {
            int left = model.Left[start + at];
            equal[at] = model.Feature[start + at] < 0 ? model.PathLength[start + at]
                : equal[left] == equal[left + 1] ? equal[left]
                : null;
        }

        return equal;
    }

    /// <summary>Adds a tree. What lies below a node whose leaves are all equal changes nothing, and is left out.</summary>
    private void AddTree(TreeTable table, int tree, int start, int?[] equal, int offset)
    {
        // The numbers of nodes in the table: children lie behind their parents.
        var numbers = new int[equal.Length];
        int count = 1;
        for (int at = 0; at < equal.Length; at++)
        {
            if (at > 0 && numbers[at] == 0)
                continue;
            if (equal[at] is { } length)
            {
                table.Leaf(tree, numbers[at], length - offset);
                continue;
            }

            int left = model.Left[start + at];
            numbers[left] = count++;
            numbers[left + 1] = count++;
            table.Split(tree, numbers[at], ColumnOf(start + at), ThresholdOf(start + at), numbers[left], numbers[left + 1]);
        }
    }
}
