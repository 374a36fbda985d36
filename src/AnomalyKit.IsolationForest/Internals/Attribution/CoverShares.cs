using AnomalyKit.IsolationForest.Scoring;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Where a column is not known, a row is divided as the sample rows of the tree were: path-dependent values.</summary>
internal sealed unsafe class CoverShares : UnknownColumns
{
    private readonly double[] _leftShares;
    private readonly double[] _reaches;
    private readonly double[] _coefficients;
    private readonly long[] _coefficientStarts;

    public CoverShares(PathForest forest, LevelSets? levels, IShapleyKernel kernel)
        : base(forest, levels, kernel)
    {
        _leftShares = [.. forest.Nodes.Select(node => node.LeftCover)];
        _reaches = new double[forest.Nodes.Length];
        _coefficientStarts = new long[forest.Trees.Length];
        long length = 0;
        for (int i = 0; i < forest.Trees.Length; i++)
        {
            // Trees of several rounds would keep a table for each: they are made when they are needed.
            _coefficientStarts[i] = length;
            length += forest.Trees[i].Rounds > 1 ? 0 : (long)forest.Trees[i].CoefficientRows * Shares.Coefficients;
        }

        _coefficients = new double[length];
        fixed (double* leftShares = _leftShares, reaches = _reaches, coefficients = _coefficients)
        {
            for (int i = 0; i < forest.Trees.Length; i++)
            {
                var tree = forest.Trees[i];
                Shares.Reach(NodesOf(tree), leftShares + tree.First, reaches + tree.First);
                if (tree.Rounds == 1)
                    Shares.Tabulate(NodesOf(tree), reaches + tree.First, PointsOf(tree, 0), coefficients + _coefficientStarts[i]);
            }
        }
    }

    public override double MeanPathLength => Forest.MeanPathLength;

    public override int Passes => 1;

    public override void Add(in RowGroups rows, double* scratch)
    {
        fixed (PathNode* nodes = Forest.Nodes)
        fixed (double* leftShares = _leftShares, reaches = _reaches, kept = _coefficients)
        {
            for (int i = 0; i < Forest.Trees.Length; i++)
            {
                var tree = Forest.Trees[i];
                for (int round = 0; round < tree.Rounds && tree.Count > 0; round++)
                {
                    double* coefficients = kept + _coefficientStarts[i];
                    if (tree.Rounds > 1)
                    {
                        coefficients = scratch + Shares.Points;
                        Shares.Tabulate(NodesOf(tree), reaches + tree.First, PointsOf(tree, round), coefficients);
                    }

                    Add(tree, round, nodes, leftShares + tree.First, reaches + tree.First, coefficients, scratch, rows);
                }
            }
        }
    }
}
