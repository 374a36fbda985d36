namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>A forest laid out for attributions.</summary>
/// <remarks>Columns that no tree splits, and their groups, are left out: their contributions are 0.</remarks>
internal sealed class PathForest
{
    /// <param name="model">The forest.</param>
    /// <param name="thresholds">The thresholds of all nodes in terms of the rows.</param>
    /// <param name="groups">The group of each column.</param>
    public PathForest(IsolationForestModel model, float[] thresholds, ColumnGroups groups)
    {
        int splits = 0;
        foreach (int feature in model.Feature)
            splits += feature < 0 ? 0 : 1;
        Nodes = new PathNode[splits];
        Columns = [.. model.Feature.Where(feature => feature >= 0).Distinct().Order()];
        Groups = [.. Columns.Select(column => groups.GroupOf[column]).Distinct().Order()];
        Trees = new PathTree[model.TreeCount];
        var builder = new PathTreeBuilder(model, thresholds, this, groups);
        for (int tree = 0; tree < Trees.Length; tree++)
            Trees[tree] = builder.Build(tree);
        foreach (var tree in Trees)
        {
            MaxCount = Math.Max(MaxCount, tree.Count);
            MaxCoefficientRows = Math.Max(MaxCoefficientRows, tree.CoefficientRows);
            MeanPathLength += tree.MeanPathLength / Trees.Length;
        }
    }

    /// <summary>The splits of all trees.</summary>
    public PathNode[] Nodes { get; }

    /// <summary>The trees.</summary>
    public PathTree[] Trees { get; }

    /// <summary>The columns that are split, ascending: nodes name them by their place here.</summary>
    public int[] Columns { get; }

    /// <summary>The groups that are split, ascending: nodes name them by their place here.</summary>
    public int[] Groups { get; }

    /// <summary>The splits of the largest tree.</summary>
    public int MaxCount { get; }

    /// <summary>The most rows of coefficients of a tree.</summary>
    public int MaxCoefficientRows { get; }

    /// <summary>The mean path length of a row of which nothing is known.</summary>
    public double MeanPathLength { get; }
}
