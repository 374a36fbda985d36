using AnomalyKit.IsolationForest.Scoring;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Where a column is not known, its value is that of a background row, one after the other: interventional values.</summary>
internal sealed unsafe class BackgroundShares : UnknownColumns
{
    private readonly float[] _rows;
    private readonly double[] _pathLengths;

    /// <param name="forest">The trees.</param>
    /// <param name="levels">The levels of category splits that go right.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">Cells of the columns that the forest splits, row by row.</param>
    /// <param name="rowCount">The number of rows, at least 1.</param>
    public BackgroundShares(PathForest forest, LevelSets? levels, IShapleyKernel kernel, float[] rows, int rowCount)
        : base(forest, levels, kernel)
    {
        _rows = rows;
        _pathLengths = new double[rowCount];
        var memory = new double[2 * forest.MaxCount];
        fixed (double* scratch = memory)
        {
            foreach (var tree in forest.Trees)
            {
                for (int row = 0; row < rowCount; row++)
                    _pathLengths[row] += PathLength(tree, row, scratch) / forest.Trees.Length;
            }
        }

        foreach (double length in _pathLengths)
            MeanPathLength += length / rowCount;
    }

    public override double MeanPathLength { get; }

    public override int Passes => _pathLengths.Length;

    /// <summary>The mean path length of each background row.</summary>
    public ReadOnlySpan<double> PathLengths => _pathLengths;

    public override void Add(in RowGroups rows, double* scratch)
    {
        double* leftShares = scratch + Shares.Points;
        double* reaches = leftShares + Forest.MaxCount;
        double* coefficients = reaches + Forest.MaxCount;
        fixed (PathNode* allNodes = Forest.Nodes)
        {
            foreach (var tree in Forest.Trees)
            {
                var nodes = NodesOf(tree);
                for (int row = 0; row < _pathLengths.Length && tree.Count > 0; row++)
                {
                    Shares.OfRow(nodes, Row(row), Levels, leftShares);
                    Shares.Reach(nodes, leftShares, reaches);
                    for (int round = 0; round < tree.Rounds; round++)
                    {
                        Shares.Tabulate(nodes, reaches, PointsOf(tree, round), coefficients);
                        Add(tree, round, allNodes, leftShares, reaches, coefficients, scratch, rows);
                    }
                }
            }
        }
    }

    private double PathLength(in PathTree tree, int row, double* scratch)
    {
        if (tree.Count == 0)
            return tree.MeanPathLength;
        var nodes = NodesOf(tree);
        Shares.OfRow(nodes, Row(row), Levels, scratch);
        return Shares.Expectation(tree, nodes, scratch, scratch + tree.Count);
    }

    private ReadOnlySpan<float> Row(int row) => _rows.AsSpan(row * Forest.Columns.Length, Forest.Columns.Length);
}
