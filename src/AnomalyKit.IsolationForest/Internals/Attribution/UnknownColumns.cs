using AnomalyKit.IsolationForest.Scoring;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>What stands for columns that are not known: it decides how much goes left at a split that asks for one.</summary>
internal abstract unsafe class UnknownColumns
{
    private readonly Dictionary<int, GaussLegendre> _quadratures = [];

    protected UnknownColumns(PathForest forest, LevelSets? levels, IShapleyKernel kernel)
    {
        Forest = forest;
        Levels = levels;
        Kernel = kernel;
        foreach (int rounds in forest.Trees.Select(tree => tree.Rounds).Distinct())
            _quadratures.Add(rounds, new GaussLegendre(rounds * Shares.Points));
    }

    /// <summary>Doubles that <see cref="Add(in RowGroups, double*)"/> works in, without those of the kernel.</summary>
    public long ScratchLength => Shares.Points + (2L * Forest.MaxCount) + ((long)Shares.Coefficients * Forest.MaxCoefficientRows);

    /// <summary>The mean path length of a row about which nothing is known.</summary>
    public abstract double MeanPathLength { get; }

    /// <summary>How often each tree is gone through per round.</summary>
    public abstract int Passes { get; }

    protected PathForest Forest { get; }

    protected LevelSets? Levels { get; }

    protected IShapleyKernel Kernel { get; }

    /// <summary>Adds the contributions of all trees.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scratch">Room to work in.</param>
    public abstract void Add(in RowGroups rows, double* scratch);

    protected ReadOnlySpan<PathNode> NodesOf(in PathTree tree) => Forest.Nodes.AsSpan(tree.First, tree.Count);

    protected ReadOnlySpan<double> PointsOf(in PathTree tree, int round) => _quadratures[tree.Rounds].Points.AsSpan(round * Shares.Points, Shares.Points);

    /// <summary>Hands one round of a tree to the kernel.</summary>
    protected void Add(in PathTree tree, int round, PathNode* nodes, double* leftShares, double* reaches, double* coefficients, double* weights, in RowGroups rows)
    {
        // Shorter paths are more anomalous: hence the sign.
        for (int k = 0; k < Shares.Points; k++)
            weights[k] = -_quadratures[tree.Rounds].Weights[(round * Shares.Points) + k] / ((double)Forest.Trees.Length * Passes);
        Kernel.Add(
            new PathTreeInput
            {
                Nodes = nodes + tree.First,
                Count = tree.Count,
                Inner = tree.Inner,
                Levels = Levels,
                LeftShares = leftShares,
                Reaches = reaches,
                Coefficients = coefficients,
                Weights = weights,
            },
            rows);
    }
}
