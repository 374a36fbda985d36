using AnomalyKit.LocalOutlierFactor.Tiles;
using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Builds searches over rows.</summary>
internal static class SearchIndex
{
    /// <summary>Below this many points nothing is gained by a tree.</summary>
    private const int MinTreePoints = 4 * TreeShape.ParentPoints;

    /// <summary>A search over the distinct ones of some rows.</summary>
    /// <param name="rows">Any number of rows from 1.</param>
    /// <param name="points">The distinct rows among them, in the order of their numbers.</param>
    /// <param name="metric">How distances are measured.</param>
    /// <param name="engine">The engine, or the cheaper one.</param>
    /// <param name="kernel">The width of the loops.</param>
    /// <param name="context">Threads, cancellation and progress.</param>
    public static INeighborSearch Build(
        FeatureMatrix rows, int[] points, DistanceMetric metric, NeighborEngine engine, VectorWidth kernel, FitContext context)
    {
        bool isTree = engine == NeighborEngine.Tree || (engine == NeighborEngine.Auto && points.Length >= MinTreePoints);
        var store = PointStore.Build(rows, points, metric, isTree, context);
        var search = NeighborSearches.Create(store, isTree, kernel);
        if (engine != NeighborEngine.Auto || !isTree || search.EstimateTreeCost(context.CancellationToken) < 1)
            return search;
        return NeighborSearches.Create(store, usesTree: false, kernel);
    }
}
