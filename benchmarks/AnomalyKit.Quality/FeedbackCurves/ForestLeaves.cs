using AnomalyKit.IsolationForest;

namespace AnomalyKit.Quality;

/// <summary>The leaves of a forest of plain, unscaled columns as features of rows.</summary>
internal sealed class ForestLeaves
{
    private readonly IsolationForestModel _trees;
    private readonly float _scale;

    public ForestLeaves(IsolationForestDetector forest)
    {
        if (!forest.Transform.IsIdentity || forest.Schema.HasCategories || forest.Schema.AllowsMissing)
            throw new QualityException("The leaves of a forest are read from unscaled numbers.");
        _trees = forest.Model;
        _scale = (float)(1 / (_trees.NormalPathLength * (1 << IsolationForestModel.FractionBits) * Math.Sqrt(_trees.TreeCount)));
    }

    public int Count => _trees.Feature.Length;

    public (int Feature, float Value)[] Of(ReadOnlySpan<float> cells)
    {
        var leaves = new (int, float)[_trees.TreeCount];
        for (int tree = 0; tree < leaves.Length; tree++)
        {
            int start = _trees.TreeStarts[tree];
            int node = 0;
            while (_trees.Feature[start + node] >= 0)
                node = _trees.Left[start + node] + (cells[_trees.Feature[start + node]] >= _trees.Threshold[start + node] ? 1 : 0);
            leaves[tree] = (start + node, -_trees.PathLength[start + node] * _scale);
        }

        return leaves;
    }
}
