namespace AnomalyKit.LocalOutlierFactor;

/// <summary>A row's local outlier factor.</summary>
/// <param name="densities">The reference points' densities.</param>
/// <param name="neighbors">k.</param>
internal readonly struct DensityScore(LocalDensities densities, int neighbors) : INeighborScore
{
    public double Of(ReadOnlySpan<int> points, ReadOnlySpan<double> distances) => densities.Score(points, distances, neighbors);
}
