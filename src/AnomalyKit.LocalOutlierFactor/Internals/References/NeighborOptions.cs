using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>The options of both trainers.</summary>
/// <param name="Neighbors">k.</param>
/// <param name="Metric">How distances are measured.</param>
/// <param name="Engine">How neighbors are found.</param>
/// <param name="SampleSize">The rows of a subset, or null for all.</param>
/// <param name="SubsetCount">The number of subsets.</param>
/// <param name="Seed">What they are drawn with.</param>
/// <param name="Kernel">The width of the loops.</param>
internal sealed record NeighborOptions(
    int Neighbors, DistanceMetric Metric, NeighborEngine Engine, int? SampleSize, int SubsetCount, ulong Seed, VectorWidth Kernel);
