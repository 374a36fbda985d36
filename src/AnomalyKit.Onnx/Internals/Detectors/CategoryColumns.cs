using AnomalyKit.IsolationForest;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>
/// Splits by categories as columns of their own: 1 where the row's level goes right, 0 where it goes left. The operator compares numbers with a threshold, and has no sets of levels.
/// </summary>
internal sealed class CategoryColumns
{
    private readonly Dictionary<int, int> _columnOfNode = [];

    private CategoryColumns()
    {
    }

    /// <summary>The columns, float32 [rows, sets]; NaN where the category is missing. Null where no split is by a category.</summary>
    public Value? Columns { get; private init; }

    /// <summary>Finds the sets of levels that trees split by; the same set of a column is there once.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The forest.</param>
    /// <param name="cells">float32 [rows, columns].</param>
    /// <param name="isMissing">Which cells are NaN, or null where none may be.</param>
    /// <param name="schema">The levels.</param>
    public static CategoryColumns Of(GraphBuilder graph, IsolationForestModel model, Value cells, Value? isMissing, FeatureSchema schema)
    {
        if (model.Categories is not { } categories)
            return new CategoryColumns();
        var sets = new Dictionary<(int Column, string Levels), int>();
        var bySource = new SortedDictionary<int, List<(int Set, int Split)>>();
        var setOfNode = new Dictionary<int, int>();
        for (int split = 0; split < categories.Nodes.Length; split++)
        {
            int column = model.Feature[categories.Nodes[split]];
            var key = (column, string.Join(',', categories.Right(split).ToArray()));
            if (!sets.TryGetValue(key, out int set))
            {
                set = sets.Count;
                sets.Add(key, set);
                if (!bySource.TryGetValue(column, out var own))
                    bySource.Add(column, own = []);
                own.Add((set, split));
            }

            setOfNode.Add(categories.Nodes[split], set);
        }

        // Columns lie by category: a category's are gathered at once by its codes.
        var place = new int[sets.Count];
        var parts = new List<Value>();
        int next = 0;
        foreach (var (column, own) in bySource)
        {
            foreach (var (set, _) in own)
                place[set] = next++;
            parts.Add(Gather(graph, categories, own, cells, isMissing, column, schema.LevelCounts[column]));
        }

        var columns = new CategoryColumns { Columns = graph.Join([.. parts]) };
        foreach (var (node, set) in setOfNode)
            columns._columnOfNode.Add(node, place[set]);
        return columns;
    }

    /// <summary>The column that a node splits, or −1 where it splits a number.</summary>
    public int Of(int node) => _columnOfNode.GetValueOrDefault(node, -1);

    private static Value Gather(GraphBuilder graph, CategorySplits categories, List<(int Set, int Split)> own, Value cells, Value? isMissing, int column, int levelCount)
    {
        graph.Size.Add(sizeof(float) * (long)(levelCount + 1) * own.Count, "its splits by categories");
        var table = new float[(long)(levelCount + 1) * own.Count];
        for (int i = 0; i < own.Count; i++)
        {
            foreach (int level in categories.Right(own[i].Split))
                table[((long)level * own.Count) + i] = 1;
        }

        var codes = graph.GatherColumns(cells, [column]);
        var missing = isMissing is { } flags ? graph.GatherColumns(flags, [column]) : (Value?)null;
        var known = missing is { } gaps ? graph.Where(gaps, graph.Single(0), codes) : codes;
        var right = graph.Reshape(graph.Gather(graph.Constant(table, levelCount + 1, own.Count), graph.Cast(known, ElementType.Int64), 0), -1, own.Count);
        return missing is { } holes ? graph.Where(holes, graph.Single(float.NaN), right) : right;
    }
}
