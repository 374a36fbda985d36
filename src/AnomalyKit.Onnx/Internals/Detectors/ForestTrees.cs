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
            if (model.Feature[start] < 0)
            {
                // A tree of one leaf says the same of every row.
                sum += model.PathLength[start];
                continue;
            }

            sum += bases[tree];
            for (int at = start; at < model.TreeStarts[tree + 1]; at++)
            {
                int left = model.Left[at];
                if (model.Feature[at] < 0)
                    table.Leaf(next, at - start, model.PathLength[at] - bases[tree]);
                else
                    table.Split(next, at - start, ColumnOf(at), ThresholdOf(at), left, left + 1);
            }

            next++;
        }

        return next == 0
            ? graph.ForEveryRow(cells, sum)
            : graph.Add(graph.ToDouble(graph.SumOfLeaves(Cells(graph, cells), table)), graph.Number(sum));
    }
}
