using AnomalyKit.LocalOutlierFactor.Metrics;
using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Makes searches.</summary>
internal static class NeighborSearches
{
    /// <summary>A search of a store's metric.</summary>
    public static INeighborSearch Create(PointStore store, bool usesTree, VectorWidth kernel = VectorWidth.Auto) => store.Metric switch
    {
        DistanceMetric.Manhattan => new NeighborSearch<ManhattanMetric>(store, usesTree, kernel),
        DistanceMetric.Chebyshev => new NeighborSearch<ChebyshevMetric>(store, usesTree, kernel),
        _ => new NeighborSearch<EuclideanMetric>(store, usesTree, kernel),
    };
}
